{{/* Takes root, component, full (the deployment's name) and own (replicas, autoscaling). */}}
{{- define "techcorp.autoscaler" }}
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata:
  name: {{ .full }}
  labels:
    {{- include "techcorp.labels" . | nindent 4 }}
spec:
  scaleTargetRef: { apiVersion: apps/v1, kind: Deployment, name: {{ .full }} }
  minReplicas: {{ .own.replicas }}
  maxReplicas: {{ .own.autoscaling.maxReplicas }}
  metrics:
    - type: Resource
      resource:
        name: cpu
        target: { type: Utilization, averageUtilization: {{ .own.autoscaling.cpuPercent }} }
  behavior:
    # A sale comes in waves.
    scaleDown: { stabilizationWindowSeconds: 300 }
{{- end }}
