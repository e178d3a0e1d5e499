-- An action is enabled only where it has an effect.
local status = obj.status or {}
local current = status.observedGeneration == obj.metadata.generation

local function condition(type)
  for _, each in ipairs(status.conditions or {}) do
    if each.type == type then
      return each
    end
  end
  return {}
end

local suspended = obj.spec.suspend == true
local plan = status.plan or {}
local waits = current and not suspended and plan.digest ~= nil
    and condition("Ready").reason == "ApprovalPending"

local actions = {}
actions["retry"] = {disabled = suspended or condition("Stalled").status ~= "True"}
actions["approve"] = {disabled = not waits}
actions["verify"] = {disabled = suspended or status.version == nil}
actions["suspend"] = {disabled = suspended}
actions["resume"] = {disabled = not suspended}

-- What is approved is in the button, because the plan may have changed since the page was loaded.
if waits then
  local name = "Approve the plan from " .. (plan.from or "the empty database") .. " to " .. plan.to
  if plan.destructive ~= nil then
    name = name .. " (DESTRUCTIVE)"
  end
  actions["approve"].displayName = name
end
return actions
