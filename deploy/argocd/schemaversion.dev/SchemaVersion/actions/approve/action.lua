-- Approves exactly the plan in the status: a plan that is made later needs an approval of its own.
local status = obj.status or {}
if status.plan == nil or status.plan.digest == nil or status.observedGeneration ~= obj.metadata.generation then
  error("no plan of this generation waits for an approval; wait until Ready has the reason ApprovalPending", 0)
end
if obj.metadata.annotations == nil then
  obj.metadata.annotations = {}
end
obj.metadata.annotations["schemaversion.dev/approve"] = status.plan.digest
return obj
