package main

import (
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"os/exec"
	"strconv"
	"sync"
	"syscall"
)

// The cluster has a network namespace of its own, where nobody fights over ports and from which nothing can be reached,
// except the API server. A socket stays in the namespace it was made in: publish opens one on the machine's loopback
// and hands it on, forward accepts on it from within. So no address, route or firewall rule of the machine changes, and
// the port is free again as soon as the cluster is gone.

// publishedSocket names the environment variable that tells forward which descriptor publish has handed on.
const publishedSocket = "PUBLISHED_SOCKET"

// publish listens on a free port of 127.0.0.1, writes its number into a file, and becomes the given command.
func publish(args []string) error {
	if len(args) < 2 {
		return errors.New("usage: kubernetes publish PORT_FILE COMMAND…")
	}
	listener, err := net.Listen("tcp4", "127.0.0.1:0")
	if err != nil {
		return err
	}
	port := listener.Addr().(*net.TCPAddr).Port
	if err := os.WriteFile(args[0], []byte(strconv.Itoa(port)+"\n"), 0o644); err != nil {
		return err
	}
	socket, err := listener.(*net.TCPListener).File()
	if err != nil {
		return err
	}
	if _, _, failed := syscall.Syscall(syscall.SYS_FCNTL, socket.Fd(), syscall.F_SETFD, 0); failed != 0 {
		return fmt.Errorf("handing on the socket: %w", failed)
	}
	command, err := exec.LookPath(args[1])
	if err != nil {
		return err
	}
	return syscall.Exec(command, args[1:], append(os.Environ(), fmt.Sprintf("%s=%d", publishedSocket, socket.Fd())))
}

// forward accepts connections on the socket that publish handed on and connects each with the given address.
func forward(args []string) error {
	if len(args) != 1 {
		return errors.New("usage: kubernetes forward HOST:PORT")
	}
	descriptor, err := strconv.Atoi(os.Getenv(publishedSocket))
	if err != nil {
		return fmt.Errorf("not under publish: %w", err)
	}
	listener, err := net.FileListener(os.NewFile(uintptr(descriptor), "published"))
	if err != nil {
		return err
	}
	for {
		client, err := listener.Accept()
		if err != nil {
			return err
		}
		go connect(client.(*net.TCPConn), args[0])
	}
}

func connect(client *net.TCPConn, address string) {
	defer client.Close()
	server, err := net.Dial("tcp", address)
	if err != nil {
		return
	}
	defer server.Close()
	var both sync.WaitGroup
	both.Go(func() { pump(client, server.(*net.TCPConn)) })
	both.Go(func() { pump(server.(*net.TCPConn), client) })
	both.Wait()
}

// pump copies until the source ends and tells the destination, which may still have something to say.
func pump(from, to *net.TCPConn) {
	_, _ = io.Copy(to, from)
	_ = to.CloseWrite()
}
