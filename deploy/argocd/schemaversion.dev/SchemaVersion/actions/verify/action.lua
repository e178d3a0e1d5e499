-- Any new value is another verification. The resourceVersion is new after each change, and needs no clock.
if obj.metadata.annotations == nil then
  obj.metadata.annotations = {}
end
obj.metadata.annotations["schemaversion.dev/verify"] = "argocd-" .. obj.metadata.resourceVersion
return obj
