package dev.schemaversion.decide.model;

import java.util.ArrayList;
import java.util.List;

/** A number for each state, in arrays that need not be copied when there are more. */
final class Numbers {
  private static final int CHUNK = 1 << 16;

  private final List<int[]> chunks = new ArrayList<>();

  int get(int at) {
    return chunks.get(at / CHUNK)[at % CHUNK];
  }

  void set(int at, int number) {
    while (at / CHUNK >= chunks.size()) {
      chunks.add(new int[CHUNK]);
    }
    chunks.get(at / CHUNK)[at % CHUNK] = number;
  }
}
