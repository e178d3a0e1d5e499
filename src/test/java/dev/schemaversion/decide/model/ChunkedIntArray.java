package dev.schemaversion.decide.model;

import java.util.ArrayList;
import java.util.List;

/** A growing array of ints in chunks, so that growing copies nothing. */
final class ChunkedIntArray {
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
