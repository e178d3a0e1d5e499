package dev.schemaversion.e2e.cluster;

/** The machine that a cluster's only node is, for who wants to see what becomes of the rest. */
public interface Machine {
  /** Ends the API server as a crash would, and starts it again; returns when it answers. */
  void restartApiServer();

  /** Ends the kubelet as a crash would: nobody hears of this node any more, and its pods run on. */
  void stopKubelet();

  /** Starts it again; also where it runs. */
  void startKubelet();

  /** Nothing gets from this address to the API server any more. Ended by closing. */
  Cut cutOffApiServer(String address);

  /** Nothing gets from other pods to this address any more, or back. Ended by closing. */
  Cut cutOff(String address);

  /** An interruption of the network. */
  interface Cut extends AutoCloseable {
    @Override
    void close();
  }
}
