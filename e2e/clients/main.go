// Says what others think of our objects, by their own code: Argo CD's, Flux's, and kstatus, which Flux and others use.
//
//	health                                      reads objects as JSON and prints a line for each, such as
//	                                            argo=Suspended kstatus=InProgress Deployment is paused
//	health with FOLDER                          the same, with the health script in FOLDER
//	health customizations FOLDER [CONFIGMAP]    runs the tests of Argo CD's scripts in FOLDER; with CONFIGMAP, the scripts in
//	                                            this patch of Argo CD's configuration
//	health manifests FILE…                      parses manifests of Argo CD and Flux by their Go types; unknown fields are errors
package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/argoproj/argo-cd/gitops-engine/pkg/health"
	"github.com/argoproj/argo-cd/v3/util/lua"
	"github.com/fluxcd/cli-utils/pkg/kstatus/status"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
)

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(arguments []string) error {
	switch {
	case len(arguments) == 0:
		return sayAll(os.Stdin, nil)
	case arguments[0] == "with" && len(arguments) == 2:
		overrides, err := overridesIn(arguments[1])
		if err != nil {
			return err
		}
		return sayAll(os.Stdin, lua.ResourceHealthOverrides(overrides))
	case arguments[0] == "customizations" && len(arguments) > 1:
		return testCustomizations(arguments[1], arguments[2:]...)
	case arguments[0] == "manifests":
		return parseManifests(arguments[1:])
	}
	return fmt.Errorf("unknown arguments: %v", arguments)
}

func sayAll(input io.Reader, overrides health.HealthOverride) error {
	objects := json.NewDecoder(input)
	for {
		var object unstructured.Unstructured
		err := objects.Decode(&object)
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err == nil {
			err = say(&object, overrides)
		}
		if err != nil {
			return err
		}
	}
}

func say(object *unstructured.Unstructured, overrides health.HealthOverride) error {
	argo, err := health.GetResourceHealth(object, overrides)
	if err != nil {
		return err
	}
	// Argo CD has no opinion of a kind that it does not know.
	if argo == nil {
		argo = &health.HealthStatus{Status: "None"}
	}
	flux, err := status.Compute(object)
	if err != nil {
		return err
	}
	fmt.Printf("argo=%s kstatus=%s %s%s\n", argo.Status, flux.Status, argo.Message, flux.Message)
	return nil
}
