{{- /* A file of manifests/ with the release's namespace, also in the policies, which identify the operator's account by it. */ -}}
{{- define "schemaversion-operator.manifest" -}}
{{- $root := index . 0 -}}
{{- $root.Files.Get (index . 1) | replace "schemaversion-system" $root.Release.Namespace -}}
{{- end -}}

{{- define "schemaversion-operator.image" -}}
{{- with .Values.image -}}
{{- if .digest }}{{ .repository }}@{{ .digest }}{{ else }}{{ .repository }}:{{ .tag }}{{ end -}}
{{- end -}}
{{- end -}}

{{- /* How the gate holds workloads: the value, or what the cluster's API permits. */ -}}
{{- define "schemaversion-operator.gate" -}}
{{- $api := "admissionregistration.k8s.io/%s/MutatingAdmissionPolicy" -}}
{{- if ne .Values.policies "Auto" }}{{ .Values.policies }}
{{- else if .Capabilities.APIVersions.Has (printf $api "v1") }}Mutating
{{- else if .Capabilities.APIVersions.Has (printf $api "v1beta1") }}MutatingV1beta1
{{- else }}PodTemplate{{ end -}}
{{- end -}}

{{- /* The namespace of the resource that "helm test" creates: one that the operator watches. */ -}}
{{- define "schemaversion-operator.testNamespace" -}}
{{- first (append .Values.watch.namespaces .Release.Namespace) -}}
{{- end -}}

{{- /* A ClusterRole or ClusterRoleBinding as a Role or RoleBinding in a namespace, without rights to what has no namespace. */ -}}
{{- define "schemaversion-operator.namespaced" -}}
{{- $object := deepCopy (index . 0) -}}
{{- $_ := set $object "kind" (trimPrefix "Cluster" $object.kind) -}}
{{- $_ := set $object.metadata "namespace" (index . 1) -}}
{{- if $object.roleRef -}}
{{- $_ := set $object.roleRef "kind" "Role" -}}
{{- else -}}
{{- $rules := list -}}
{{- range $object.rules -}}
{{- if not (has "admissionregistration.k8s.io" .apiGroups) -}}
{{- $rules = append $rules . -}}
{{- end -}}
{{- end -}}
{{- $_ := set $object "rules" $rules -}}
{{- end -}}
{{- toYaml $object -}}
{{- end -}}
