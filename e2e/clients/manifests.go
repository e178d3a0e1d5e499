package main

import (
	"bytes"
	"fmt"
	"os"

	"github.com/argoproj/argo-cd/v3/pkg/apis/application/v1alpha1"
	kustomizev1 "github.com/fluxcd/kustomize-controller/api/v1"
	sourcev1 "github.com/fluxcd/source-controller/api/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"sigs.k8s.io/yaml"
)

// parseManifests prints kind and name of each object.
func parseManifests(files []string) error {
	for _, file := range files {
		content, err := os.ReadFile(file)
		if err != nil {
			return err
		}
		for _, document := range bytes.Split(content, []byte("\n---\n")) {
			if err := parse(document); err != nil {
				return fmt.Errorf("%s: %w", file, err)
			}
		}
	}
	return nil
}

func parse(document []byte) error {
	var object metav1.PartialObjectMetadata
	if err := yaml.Unmarshal(document, &object); err != nil {
		return err
	}
	var typed any
	switch kind := object.APIVersion + " " + object.Kind; kind {
	case "argoproj.io/v1alpha1 Application":
		typed = &v1alpha1.Application{}
	case kustomizev1.GroupVersion.String() + " " + kustomizev1.KustomizationKind:
		typed = &kustomizev1.Kustomization{}
	case sourcev1.GroupVersion.String() + " " + sourcev1.GitRepositoryKind:
		typed = &sourcev1.GitRepository{}
	default:
		return fmt.Errorf("unknown kind %q", kind)
	}
	if err := yaml.UnmarshalStrict(document, typed); err != nil {
		return err
	}
	fmt.Println(object.Kind, object.Name)
	return nil
}
