// Joint histograms of all channel pairs in C: joint FOLDER RUNS prints {"ms": [...], "check": number}.
// Four tables in turn, as neighbouring pairs often count in the same cell.
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { CHANNELS = 64, PAIRS = 124750, CELLS = 1024 };

static uint8_t *codes(const char *folder, const char *name) {
  char path[4096];
  snprintf(path, sizeof path, "%s/%s", folder, name);
  uint8_t *values = malloc((size_t)CHANNELS * PAIRS);
  FILE *file = fopen(path, "rb");
  if (!file || fread(values, 1, (size_t)CHANNELS * PAIRS, file) != (size_t)CHANNELS * PAIRS) exit(1);
  fclose(file);
  return values;
}

static void count(const uint8_t *a, const uint8_t *b, uint32_t *out) {
  uint32_t tables[4][CELLS];
  memset(tables, 0, sizeof tables);
  int i = 0;
  for (; i + 4 <= PAIRS; i += 4)
    for (int t = 0; t < 4; t++) tables[t][a[i + t] << 5 | b[i + t]]++;
  for (; i < PAIRS; i++) tables[0][a[i] << 5 | b[i]]++;
  for (int c = 0; c < CELLS; c++) out[c] = tables[0][c] + tables[1][c] + tables[2][c] + tables[3][c];
}

int main(int argc, char **argv) {
  if (argc < 3) return 2;
  uint8_t *a = codes(argv[1], "qa.u8"), *b = codes(argv[1], "qb.u8");
  uint32_t *out = malloc((size_t)CHANNELS * CHANNELS * CELLS * sizeof *out);
  int runs = atoi(argv[2]);
  printf("{\"ms\": [");
  for (int run = 0; run < runs; run++) {
    struct timespec start, end;
    clock_gettime(CLOCK_MONOTONIC, &start);
    for (int i = 0; i < CHANNELS; i++)
      for (int j = 0; j < CHANNELS; j++)
        count(a + (size_t)i * PAIRS, b + (size_t)j * PAIRS, out + (size_t)(i * CHANNELS + j) * CELLS);
    clock_gettime(CLOCK_MONOTONIC, &end);
    printf("%s%.3f", run ? ", " : "", (end.tv_sec - start.tv_sec) * 1e3 + (end.tv_nsec - start.tv_nsec) / 1e6);
  }
  uint32_t most = 0;
  for (int c = 0; c < CELLS; c++) {
    uint32_t n = out[(size_t)(3 * CHANNELS + 5) * CELLS + c];
    if (n > most) most = n;
  }
  printf("], \"check\": %u}\n", most);
  return 0;
}
