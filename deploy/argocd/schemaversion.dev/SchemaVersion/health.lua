-- The health of a SchemaVersion, from its conditions. Stalled is Degraded, what waits for a person who agrees is Suspended.
local function condition(type)
  for _, each in ipairs(obj.status.conditions or {}) do
    if each.type == type then
      return each
    end
  end
  return {}
end

local function health(status, message)
  return {status = status, message = message or ""}
end

-- A status of an older generation says nothing about this spec.
if obj.status == nil or obj.status.conditions == nil
    or obj.status.observedGeneration ~= obj.metadata.generation then
  return health("Progressing", "waiting until the operator has read this generation of the resource")
end

local ready = condition("Ready")
local stalled = condition("Stalled")

if stalled.status == "True" then
  return health("Degraded", stalled.message)
end
if obj.spec.suspend == true then
  if ready.status == "True" then
    return health("Suspended", "spec.suspend is true; " .. ready.message)
  end
  return health("Suspended", ready.message)
end
if ready.status == "True" then
  return health("Healthy", ready.message)
end
if ready.reason == "ApprovalPending" then
  return health("Suspended", ready.message)
end
return health("Progressing", ready.message)
