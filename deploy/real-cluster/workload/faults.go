package main

import "time"

func beginFaults(with settings) {
	if with.leakBytes > 0 {
		go leak(with.leakBytes)
	}
	if with.crashAfter > 0 {
		time.AfterFunc(with.crashAfter, func() { panic("index out of range in request handler") })
	}
	for range with.spin {
		go spin()
	}
}

// leak touches every page of what it takes: untouched memory counts against no limit.
func leak(bytesPerSecond int) {
	const page = 4096
	var kept [][]byte
	for {
		block := make([]byte, bytesPerSecond)
		for at := 0; at < len(block); at += page {
			block[at] = 1
		}
		kept = append(kept, block)
		time.Sleep(time.Second)
	}
}

func spin() {
	for {
	}
}
