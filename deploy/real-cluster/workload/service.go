package main

import (
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"time"
)

// No connection is kept: each call resolves the name and chooses a backend anew, so a change in the cluster shows at once.
var client = &http.Client{Timeout: 2 * time.Second, Transport: &http.Transport{DisableKeepAlives: true}}

func call(url string) error {
	response, err := client.Get(url)
	if err != nil {
		return err
	}
	defer response.Body.Close()
	_, _ = io.Copy(io.Discard, response.Body)
	if response.StatusCode >= http.StatusBadRequest {
		return fmt.Errorf("GET %s: %s", url, response.Status)
	}
	return nil
}

func callForever(url string, every time.Duration) {
	for ; ; time.Sleep(every) {
		if err := call(url); err != nil {
			log.Printf("ERROR %v", err)
		} else {
			log.Printf("INFO GET %s 200", url)
		}
	}
}

func checkDependencies(with settings) error {
	if with.needsWithin == 0 {
		return nil
	}
	for _, address := range with.needs {
		if err := reach(address, with.needsWithin); err != nil {
			return fmt.Errorf("cannot reach dependency %s: %w", address, err)
		}
	}
	return nil
}

func reach(address string, within time.Duration) error {
	connection, err := net.DialTimeout("tcp", address, within)
	if err != nil {
		return err
	}
	return connection.Close()
}

func serve(with settings, started time.Time) error {
	routes := http.NewServeMux()
	routes.HandleFunc("/healthz", func(answer http.ResponseWriter, _ *http.Request) { fmt.Fprintln(answer, "ok") })
	routes.HandleFunc("/readyz", func(answer http.ResponseWriter, _ *http.Request) { answerReady(answer, with, started) })
	routes.HandleFunc("/", func(answer http.ResponseWriter, request *http.Request) { answerRequest(answer, request, with.calls) })
	log.Printf("INFO listening on :%s", with.port)
	if with.tlsCert != "" {
		return http.ListenAndServeTLS(":"+with.port, with.tlsCert, with.tlsKey, routes)
	}
	return http.ListenAndServe(":"+with.port, routes)
}

func answerReady(answer http.ResponseWriter, with settings, started time.Time) {
	if time.Since(started) < with.readyAfter {
		http.Error(answer, "starting", http.StatusServiceUnavailable)
		return
	}
	for _, address := range with.needs {
		if err := reach(address, time.Second); err != nil {
			log.Printf("WARN not ready: %v", err)
			http.Error(answer, err.Error(), http.StatusServiceUnavailable)
			return
		}
	}
	fmt.Fprintln(answer, "ready")
}

func answerRequest(answer http.ResponseWriter, request *http.Request, calls []string) {
	for _, url := range calls {
		if err := call(url); err != nil {
			log.Printf("ERROR %s %s 502: %v", request.Method, request.URL.Path, err)
			http.Error(answer, err.Error(), http.StatusBadGateway)
			return
		}
	}
	fmt.Fprintln(answer, "ok")
}
