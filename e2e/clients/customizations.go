package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"strings"

	"github.com/argoproj/argo-cd/gitops-engine/pkg/health"
	"github.com/argoproj/argo-cd/v3/pkg/apis/application/v1alpha1"
	"github.com/argoproj/argo-cd/v3/util/lua"
	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"sigs.k8s.io/yaml"
)

// What health_test.yaml has in Argo CD's resource_customizations.
type healthTests struct {
	Tests []struct {
		InputPath    string              `json:"inputPath"`
		HealthStatus health.HealthStatus `json:"healthStatus"`
	} `json:"tests"`
}

// What actions/action_test.yaml has there.
type actionTests struct {
	DiscoveryTests []struct {
		InputPath string                    `json:"inputPath"`
		Result    []v1alpha1.ResourceAction `json:"result"`
	} `json:"discoveryTests"`
	ActionTests []struct {
		Action               string `json:"action"`
		InputPath            string `json:"inputPath"`
		ExpectedOutputPath   string `json:"expectedOutputPath"`
		ExpectedErrorMessage string `json:"expectedErrorMessage"`
	} `json:"actionTests"`
}

// testCustomizations prints a line for each test, which begins with ok or FAILED.
func testCustomizations(folder string, configMap ...string) error {
	overrides, err := overridesIn(folder, configMap...)
	if err != nil {
		return err
	}
	// Without the standard libraries, as Argo CD runs scripts of its configuration.
	tests := customization{vm: lua.VM{ResourceOverrides: overrides}, folder: folder}
	if err := errors.Join(tests.health(), tests.actions()); err != nil {
		return err
	}
	if tests.failed > 0 {
		return fmt.Errorf("%d tests failed", tests.failed)
	}
	return nil
}

// overridesIn reads the scripts of a folder, whose path ends with group and kind, or of a patch of argocd-cm.
func overridesIn(folder string, configMap ...string) (map[string]v1alpha1.ResourceOverride, error) {
	override, err := overrideIn(folder, configMap)
	key := filepath.Base(filepath.Dir(folder)) + "/" + filepath.Base(folder)
	return map[string]v1alpha1.ResourceOverride{key: override}, err
}

func overrideIn(folder string, configMap []string) (v1alpha1.ResourceOverride, error) {
	var override v1alpha1.ResourceOverride
	if len(configMap) == 1 {
		var patch corev1.ConfigMap
		if err := read(configMap[0], &patch); err != nil {
			return override, err
		}
		suffix := filepath.Base(filepath.Dir(folder)) + "_" + filepath.Base(folder)
		override.HealthLua = patch.Data["resource.customizations.health."+suffix]
		override.Actions = patch.Data["resource.customizations.actions."+suffix]
		return override, nil
	}
	script, err := os.ReadFile(filepath.Join(folder, "health.lua"))
	if err != nil {
		return override, err
	}
	override.HealthLua = string(script)
	discovery, err := os.ReadFile(filepath.Join(folder, "actions", "discovery.lua"))
	if err != nil {
		return override, err
	}
	actions := v1alpha1.ResourceActions{ActionDiscoveryLua: string(discovery)}
	scripts, err := filepath.Glob(filepath.Join(folder, "actions", "*", "action.lua"))
	if err != nil {
		return override, err
	}
	for _, file := range scripts {
		script, err := os.ReadFile(file)
		if err != nil {
			return override, err
		}
		name := filepath.Base(filepath.Dir(file))
		actions.Definitions = append(actions.Definitions, v1alpha1.ResourceActionDefinition{Name: name, ActionLua: string(script)})
	}
	text, err := yaml.Marshal(actions)
	override.Actions = string(text)
	return override, err
}

type customization struct {
	vm     lua.VM
	folder string
	failed int
}

func (c *customization) health() error {
	var tests healthTests
	if err := read(filepath.Join(c.folder, "health_test.yaml"), &tests); err != nil {
		return err
	}
	for _, test := range tests.Tests {
		object, err := object(filepath.Join(c.folder, test.InputPath))
		if err != nil {
			return err
		}
		script, libraries, err := c.vm.GetHealthScript(object)
		if err != nil {
			return err
		}
		vm := c.vm
		vm.UseOpenLibs = libraries
		found, err := vm.ExecuteHealthLua(object, script)
		if err != nil {
			return err
		}
		c.compare("health "+test.InputPath, test.HealthStatus, *found)
	}
	return nil
}

func (c *customization) actions() error {
	folder := filepath.Join(c.folder, "actions")
	var tests actionTests
	if err := read(filepath.Join(folder, "action_test.yaml"), &tests); err != nil {
		return err
	}
	for _, test := range tests.DiscoveryTests {
		object, err := object(filepath.Join(folder, test.InputPath))
		if err != nil {
			return err
		}
		scripts, err := c.vm.GetResourceActionDiscovery(object)
		if err != nil {
			return err
		}
		found, err := c.vm.ExecuteResourceActionDiscovery(object, scripts)
		if err != nil {
			return err
		}
		c.compare("discovery "+test.InputPath, byName(test.Result), byName(found))
	}
	for _, test := range tests.ActionTests {
		object, err := object(filepath.Join(folder, test.InputPath))
		if err != nil {
			return err
		}
		action, err := c.vm.GetResourceAction(object, test.Action)
		if err != nil {
			return err
		}
		name := "action " + test.Action + " " + test.InputPath
		changed, err := c.vm.ExecuteResourceAction(object, action.ActionLua, nil)
		switch {
		case test.ExpectedErrorMessage != "":
			c.compare(name, test.ExpectedErrorMessage, fmt.Sprint(err))
		case err != nil:
			return fmt.Errorf("%s: %w", name, err)
		case len(changed) != 1 || changed[0].K8SOperation != lua.PatchOperation:
			c.compare(name, "one patch", changed)
		default:
			var expected any
			if err := read(filepath.Join(folder, test.ExpectedOutputPath), &expected); err != nil {
				return err
			}
			c.compare(name, expected, changed[0].UnstructuredObj.Object)
		}
	}
	return nil
}

// compare compares two values as JSON, because Lua has one type of number.
func (c *customization) compare(test string, expected, found any) {
	if reflect.DeepEqual(plain(expected), plain(found)) {
		fmt.Println("ok", test)
		return
	}
	c.failed++
	fmt.Printf("FAILED %s\n  expected %s\n  found    %s\n", test, text(expected), text(found))
}

func byName(actions []v1alpha1.ResourceAction) map[string]v1alpha1.ResourceAction {
	named := make(map[string]v1alpha1.ResourceAction, len(actions))
	for _, action := range actions {
		named[action.Name] = action
	}
	return named
}

func plain(value any) any {
	var same any
	if err := json.Unmarshal([]byte(text(value)), &same); err != nil {
		panic(err)
	}
	return same
}

func text(value any) string {
	var text strings.Builder
	encoder := json.NewEncoder(&text)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(value); err != nil {
		panic(err)
	}
	return strings.TrimSpace(text.String())
}

func object(file string) (*unstructured.Unstructured, error) {
	var object unstructured.Unstructured
	err := read(file, &object.Object)
	return &object, err
}

func read(file string, into any) error {
	content, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	if err := yaml.UnmarshalStrict(content, into); err != nil {
		return fmt.Errorf("%s: %w", file, err)
	}
	return nil
}
