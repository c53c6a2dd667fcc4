package main

import "time"

func beginFaults(with settings) {
	if with.leak > 0 {
		go leak(with.leak, with.leakUpTo)
	}
	if with.crashAfter > 0 {
		time.AfterFunc(with.crashAfter, func() { panic("index out of range in request handler") })
	}
	for range with.spin {
		go spin()
	}
}

// What leaked. A variable of the package, so that the garbage collector never takes it back.
var kept [][]byte

// leak touches every page of what it takes: untouched memory counts against no limit.
func leak(bytesPerSecond, upTo int) {
	const page = 4096
	for upTo == 0 || len(kept)*bytesPerSecond < upTo {
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
