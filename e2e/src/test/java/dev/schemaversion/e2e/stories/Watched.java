package dev.schemaversion.e2e.stories;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.dsl.Informable;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;

/** Records all changes of an object while it is watched, with their times. */
final class Watched<T extends HasMetadata> implements ResourceEventHandler<T>, AutoCloseable {
  private final List<T> states = new CopyOnWriteArrayList<>();
  private final List<Instant> times = new CopyOnWriteArrayList<>();
  private final SharedIndexInformer<T> informer;

  /** From now on. */
  Watched(Informable<T> object) {
    informer = object.inform(this);
  }

  /** What it was, one state after the other. */
  List<T> states() {
    return List.copyOf(states);
  }

  /** When it was so for the first time after it had not been. */
  Instant became(Predicate<T> so) {
    boolean before = true;
    for (int i = 0; i < times.size(); i++) {
      boolean is = so.test(states.get(i));
      if (is && !before) {
        return times.get(i);
      }
      before = is;
    }
    throw new IllegalStateException("it has not become so");
  }

  @Override
  public void onAdd(T object) {
    states.add(object);
    times.add(Instant.now());
  }

  @Override
  public void onUpdate(T before, T object) {
    onAdd(object);
  }

  @Override
  public void onDelete(T object, boolean unknown) {
    // The object is not deleted while it is watched.
  }

  @Override
  public void close() {
    informer.close();
  }
}
