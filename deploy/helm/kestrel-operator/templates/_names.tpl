{{- define "kestrel-operator.name" -}}
{{- default .Chart.Name .Values.nameOverride | trunc 53 | trimSuffix "-" -}}
{{- end -}}

{{- /* The release's name alone where it says what this is already. */ -}}
{{- define "kestrel-operator.fullname" -}}
{{- $name := include "kestrel-operator.name" . -}}
{{- if .Values.fullnameOverride -}}
{{- .Values.fullnameOverride -}}
{{- else if contains $name .Release.Name -}}
{{- .Release.Name | trunc 53 | trimSuffix "-" -}}
{{- else -}}
{{- printf "%s-%s" .Release.Name $name | trunc 53 | trimSuffix "-" -}}
{{- end -}}
{{- end -}}

{{- define "kestrel-operator.selector" -}}
app.kubernetes.io/name: {{ include "kestrel-operator.name" . }}
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end -}}

{{- define "kestrel-operator.labels" -}}
{{ include "kestrel-operator.selector" . }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version | replace "+" "_" }}
{{- end -}}

{{- /* The Secret that holds the join token; empty where an identity kept from before needs none. */ -}}
{{- define "kestrel-operator.tokenSecret" -}}
{{- if .Values.joinToken.existingSecret -}}
{{- .Values.joinToken.existingSecret -}}
{{- else if .Values.joinToken.value -}}
{{- include "kestrel-operator.fullname" . }}-join
{{- else if not .Values.identity.persistence.enabled -}}
{{- fail "a join token is needed: set joinToken.value or joinToken.existingSecret (the dashboard's \"add a cluster\" gives one)" -}}
{{- end -}}
{{- end -}}
