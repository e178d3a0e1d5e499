-- Any new value is another attempt. The resourceVersion is new after each change, and needs no clock.
if obj.metadata.annotations == nil then
  obj.metadata.annotations = {}
end
obj.metadata.annotations["schemaversion.dev/retry"] = "argocd-" .. obj.metadata.resourceVersion
return obj
