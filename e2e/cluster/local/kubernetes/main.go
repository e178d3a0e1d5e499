// Command kubernetes is a whole Kubernetes, and the etcd under it, in one binary: the first argument names the part,
// as in "kubernetes kube-apiserver --help". Two parts of our own connect it with the machine it runs on, see publish.go.
package main

import (
	"context"
	"fmt"
	"os"
	"strings"

	"github.com/spf13/cobra"
	"go.etcd.io/etcd/server/v3/etcdmain"
	"k8s.io/component-base/cli"
	kubectl "k8s.io/kubectl/pkg/cmd"
	apiserver "k8s.io/kubernetes/cmd/kube-apiserver/app"
	controllers "k8s.io/kubernetes/cmd/kube-controller-manager/app"
	proxy "k8s.io/kubernetes/cmd/kube-proxy/app"
	scheduler "k8s.io/kubernetes/cmd/kube-scheduler/app"
	kubelet "k8s.io/kubernetes/cmd/kubelet/app"
)

const usage = "usage: kubernetes etcd|kube-apiserver|kube-controller-manager|kube-scheduler|kubelet|kube-proxy|kubectl|publish|forward …"

// commands are the parts whose command lines are Kubernetes' own.
var commands = map[string]func() *cobra.Command{
	"kube-apiserver":          apiserver.NewAPIServerCommand,
	"kube-controller-manager": controllers.NewControllerManagerCommand,
	"kube-scheduler":          func() *cobra.Command { return scheduler.NewSchedulerCommand() },
	"kube-proxy":              proxy.NewProxyCommand,
	"kubelet":                 func() *cobra.Command { return kubelet.NewKubeletCommand(context.Background()) },
	"kubectl":                 kubectl.NewDefaultKubectlCommand,
}

func main() {
	if len(os.Args) < 2 {
		fail(usage)
	}
	part := os.Args[1]
	os.Args = os.Args[1:]
	switch {
	case part == "etcd":
		etcdmain.Main(os.Args)
	case part == "publish":
		fail(publish(os.Args[1:]))
	case part == "forward":
		fail(forward(os.Args[1:]))
	case commands[part] != nil:
		os.Exit(cli.Run(commands[part]()))
	default:
		fail(usage)
	}
}

func fail(why any) {
	fmt.Fprintln(os.Stderr, strings.TrimSpace(fmt.Sprint(why)))
	os.Exit(2)
}
