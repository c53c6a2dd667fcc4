// Command workload is a small service for tests on a real cluster. It behaves as services do, and fails as they do, when its
// environment says so:
//
//	PORT=8080             serves HTTP there: / calls every URL of CALLS and answers 200, or 502 when one fails; /healthz answers 200;
//	                      /readyz answers 200 once READY_AFTER has passed and every address of NEEDS accepts a connection
//	CALLS=http://a/,...   what / calls before it answers
//	LOOP=http://a/        calls that every LOOP_EVERY (default 1s) and logs how it went
//	NEEDS=host:port,...   what it depends on
//	NEEDS_WITHIN=5s       at start, exits with 1 when a dependency cannot be reached within that time (unset: only /readyz looks)
//	REQUIRE=NAME,...      exits with 2 when one of these variables is not set
//	LEAK=8Mi              takes that much memory every second and keeps it,
//	LEAK_UP_TO=64Mi       until it has that much (unset: until it is killed)
//	CRASH_AFTER=30s       panics then
//	SPIN=2                keeps that many processors busy
//	TLS_CERT, TLS_KEY     serves HTTPS with these files
package main

import (
	"log"
	"os"
	"os/signal"
	"syscall"
	"time"
)

func main() {
	log.SetFlags(log.LstdFlags | log.LUTC)
	settings, err := readSettings(os.Getenv)
	if err != nil {
		log.Printf("FATAL %v", err)
		os.Exit(2)
	}
	if err := checkDependencies(settings); err != nil {
		log.Printf("FATAL %v", err)
		os.Exit(1)
	}
	go stopWhenAsked()
	beginFaults(settings)
	if settings.loop != "" {
		go callForever(settings.loop, settings.loopEvery)
	}
	if settings.port == "" {
		select {}
	}
	log.Fatal(serve(settings, time.Now()))
}

// stopWhenAsked ends with 0, as a service does that is told to stop; left alone, Go would end with 2.
func stopWhenAsked() {
	asked := make(chan os.Signal, 1)
	signal.Notify(asked, syscall.SIGTERM)
	<-asked
	log.Print("INFO stopping")
	os.Exit(0)
}
