package dev.schemaversion.decide.model;

import dev.schemaversion.decide.model.State.Budget;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A compact hash table of millions of states: the parts are interned, and a state consists of six
 * of their numbers. StateTable are numbered in the order in which they are reached.
 */
final class StateTable {
  private static final int WIDTH = 6;
  private static final int CHUNK = 1 << 16;

  /** The parts that differ rarely, under one number. */
  private record Rest(Database database, Budget left, String broken) {}

  private final InternPool pool;
  private final List<int[]> chunks = new ArrayList<>();

  /** A hash table with open addressing: the number of a state plus one, or 0 for a free slot. */
  private int[] table = new int[1 << 16];

  private int size;

  StateTable(InternPool pool) {
    this.pool = pool;
  }

  int size() {
    return size;
  }

  /** Returns the number of a state: the next one, if the state is new. */
  int of(State state) {
    int[] key = key(state);
    int slot = slot(key);
    if (table[slot] == 0) {
      if (size % CHUNK == 0) {
        chunks.add(new int[CHUNK * WIDTH]);
      }
      System.arraycopy(key, 0, chunks.getLast(), size % CHUNK * WIDTH, WIDTH);
      table[slot] = ++size;
      if (size > table.length / 2) {
        grow();
        return size - 1;
      }
    }
    return table[slot] - 1;
  }

  /** Returns the state with a number. */
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

  /** Returns the slot of a state, or the free slot where it belongs. */
  private int slot(int[] key) {
    int mask = table.length - 1;
    int hash = Arrays.hashCode(key) * 0x9E3779B9;
    int slot = (hash ^ hash >>> 15) & mask;
    while (table[slot] != 0 && !is(table[slot] - 1, key)) {
      slot = slot + 1 & mask;
    }
    return slot;
  }

  private boolean is(int number, int[] key) {
    int from = number % CHUNK * WIDTH;
    return Arrays.equals(chunks.get(number / CHUNK), from, from + WIDTH, key, 0, WIDTH);
  }

  private void grow() {
    table = new int[table.length * 2];
    for (int number = 0; number < size; number++) {
      table[slot(key(number))] = number + 1;
    }
  }
}
