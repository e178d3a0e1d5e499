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

{{- /* Not empty if the gate's policies are to be installed. */ -}}
{{- define "schemaversion-operator.policies" -}}
{{- $api := "admissionregistration.k8s.io/v1/MutatingAdmissionPolicy" -}}
{{- if or (eq .Values.policies "Always") (and (eq .Values.policies "Auto") (.Capabilities.APIVersions.Has $api)) }}true{{ end -}}
{{- end -}}
