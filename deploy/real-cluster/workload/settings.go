package main

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

type settings struct {
	port, tlsCert, tlsKey string
	calls, needs          []string
	needsWithin           time.Duration
	readyAfter            time.Duration
	loop                  string
	loopEvery             time.Duration
	leak, leakUpTo        int
	spin                  int
	crashAfter            time.Duration
}

func readSettings(variable func(string) string) (settings, error) {
	for _, name := range list(variable("REQUIRE")) {
		if variable(name) == "" {
			return settings{}, fmt.Errorf("missing required configuration %s", name)
		}
	}
	var problem error
	keep := func(name string, err error) {
		if err != nil && problem == nil {
			problem = fmt.Errorf("invalid configuration %s: %w", name, err)
		}
	}
	duration := func(name string, otherwise time.Duration) time.Duration {
		if variable(name) == "" {
			return otherwise
		}
		value, err := time.ParseDuration(variable(name))
		keep(name, err)
		return value
	}
	count := func(name string, read func(string) (int, error)) int {
		if variable(name) == "" {
			return 0
		}
		value, err := read(variable(name))
		keep(name, err)
		return value
	}
	read := settings{
		port: variable("PORT"), tlsCert: variable("TLS_CERT"), tlsKey: variable("TLS_KEY"),
		calls: list(variable("CALLS")), needs: list(variable("NEEDS")),
		needsWithin: duration("NEEDS_WITHIN", 0), readyAfter: duration("READY_AFTER", 0),
		loop: variable("LOOP"), loopEvery: duration("LOOP_EVERY", time.Second),
		leak: count("LEAK", size), leakUpTo: count("LEAK_UP_TO", size), spin: count("SPIN", strconv.Atoi),
		crashAfter: duration("CRASH_AFTER", 0),
	}
	return read, problem
}

func list(text string) []string {
	if text == "" {
		return nil
	}
	return strings.Split(text, ",")
}

// size reads an amount as Kubernetes writes it: 4096, 64Ki, 8Mi, 1Gi.
func size(text string) (int, error) {
	unit := 1
	for suffix, bytes := range map[string]int{"Ki": 1 << 10, "Mi": 1 << 20, "Gi": 1 << 30} {
		if number, found := strings.CutSuffix(text, suffix); found {
			text, unit = number, bytes
		}
	}
	number, err := strconv.Atoi(text)
	return number * unit, err
}
