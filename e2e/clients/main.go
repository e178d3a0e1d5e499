// Says what others think of an object's health, by their own code: Argo CD's, and kstatus, which Flux and others use.
//
// It reads objects as JSON, one after the other, and prints a line for each, such as
//
//	argo=Suspended kstatus=InProgress Deployment is paused
package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/argoproj/argo-cd/gitops-engine/pkg/health"
	"github.com/fluxcd/cli-utils/pkg/kstatus/status"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
)

func main() {
	objects := json.NewDecoder(os.Stdin)
	for {
		var object unstructured.Unstructured
		err := objects.Decode(&object)
		if errors.Is(err, io.EOF) {
			return
		}
		if err == nil {
			err = say(&object)
		}
		if err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
	}
}

func say(object *unstructured.Unstructured) error {
	argo, err := health.GetResourceHealth(object, nil)
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
