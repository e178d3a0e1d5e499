package dev.schemaversion.decide.model;

import dev.schemaversion.decide.model.State.Budget;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Millions of states in a few bytes each: what they consist of is in the pool, and a state is six
 * numbers of that. They are numbered in the order in which they were reached.
 */
final class States {
  private static final int WIDTH = 6;
  private static final int CHUNK = 1 << 16;

  /** What is seldom different, so that it makes one number together. */
  private record Rest(Database database, Budget left, String broken) {}

  private final Pool pool;
  private final List<int[]> chunks = new ArrayList<>();

  /** The states' numbers and one, at a place that follows from the state's hash; 0 is free. */
  private int[] table = new int[1 << 16];

  private int size;

  States(Pool pool) {
    this.pool = pool;
  }

  int size() {
    return size;
  }

  /** The number of a state: the next one, if it is new. */
  int of(State state) {
    int[] key = key(state);
    int place = place(key);
    if (table[place] == 0) {
      if (size % CHUNK == 0) {
        chunks.add(new int[CHUNK * WIDTH]);
      }
      System.arraycopy(key, 0, chunks.getLast(), size % CHUNK * WIDTH, WIDTH);
      table[place] = ++size;
      if (size > table.length / 2) {
        widen();
        return size - 1;
      }
    }
    return table[place] - 1;
  }

  /** The state with a number. */
  State get(int number) {
    int[] key = key(number);
    var rest = pool.<Rest>get(key[5]).value;
    return new State(
        pool.get(key[0]),
        pool.get(key[1]),
        pool.<Replica>get(key[2]).value,
        pool.<Replica>get(key[3]).value,
        rest.database(),
        pool.get(key[4]),
        rest.left(),
        rest.broken());
  }

  private int[] key(State state) {
    return new int[] {
      state.resource().id(),
      state.jobs().id(),
      pool.of(state.leader()).id(),
      pool.of(state.other()).id(),
      state.runners().id(),
      pool.of(new Rest(state.database(), state.left(), state.broken())).id()
    };
  }

  private int[] key(int number) {
    int from = number % CHUNK * WIDTH;
    return Arrays.copyOfRange(chunks.get(number / CHUNK), from, from + WIDTH);
  }

  /** Where a state is in the table, or the free place where it belongs. */
  private int place(int[] key) {
    int mask = table.length - 1;
    int hash = Arrays.hashCode(key) * 0x9E3779B9;
    int place = (hash ^ hash >>> 15) & mask;
    while (table[place] != 0 && !is(table[place] - 1, key)) {
      place = place + 1 & mask;
    }
    return place;
  }

  private boolean is(int number, int[] key) {
    int from = number % CHUNK * WIDTH;
    return Arrays.equals(chunks.get(number / CHUNK), from, from + WIDTH, key, 0, WIDTH);
  }

  private void widen() {
    table = new int[table.length * 2];
    for (int number = 0; number < size; number++) {
      table[place(key(number))] = number + 1;
    }
  }
}
