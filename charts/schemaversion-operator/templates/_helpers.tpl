{{- /* A file of manifests/ for this release. The release's namespace is the operator's; the policies know its account by that. */ -}}
{{- define "schemaversion-operator.manifest" -}}
{{- $root := index . 0 -}}
{{- $root.Files.Get (index . 1) | replace "schemaversion-system" $root.Release.Namespace -}}
{{- end -}}

{{- define "schemaversion-operator.image" -}}
{{- with .Values.image -}}
{{- if .digest }}{{ .repository }}@{{ .digest }}{{ else }}{{ .repository }}:{{ .tag }}{{ end -}}
{{- end -}}
{{- end -}}

{{- /* Not empty where the gate's policies are to be. */ -}}
{{- define "schemaversion-operator.policies" -}}
{{- $api := "admissionregistration.k8s.io/v1/MutatingAdmissionPolicy" -}}
{{- if or (eq .Values.policies "Always") (and (eq .Values.policies "Auto") (.Capabilities.APIVersions.Has $api)) }}true{{ end -}}
{{- end -}}
