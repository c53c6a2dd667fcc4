module kestrel.dev/workload

go 1.26
