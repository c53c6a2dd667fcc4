module kestrel.dev/cni-checksum

go 1.26
