package dev.schemaversion.e2e.cluster;

import java.util.List;

/** The machine of a cluster's only node, for the injection of faults. */
public interface Machine {
  /** Kills the API server and starts it again; returns when it answers. */
  void restartApiServer();

  /** Kills the kubelet: the node becomes unreachable, and its pods keep running. */
  void stopKubelet();

  /** Starts the kubelet again; idempotent. */
  void startKubelet();

  /** Interrupts the network from this address to the API server until the cut is closed. */
  Cut cutOffApiServer(String address);

  /** Interrupts the network between this address and other pods until the cut is closed. */
  Cut cutOff(String address);

  /**
   * Starts a program on the machine. The API server reaches it at 127.0.0.1. The caller ends it.
   *
   * @param command the program and its arguments, with paths of this machine
   */
  Process start(List<String> command);

  /** An interruption of the network. */
  interface Cut extends AutoCloseable {
    @Override
    void close();
  }
}
