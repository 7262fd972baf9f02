#include "demo.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

/* Largest relative error that passes. */
static const double tolerance = 1e-10;

void *demo_alloc(size_t bytes) {
    void *memory = malloc(bytes ? bytes : 1);
    if (!memory) {
        fprintf(stderr, "out of memory (%zu bytes)\n", bytes);
        exit(2);
    }
    return memory;
}

/* Sizes beyond this are a mistake, not a problem. */
enum { LARGEST_SIZE = 10000000 };

static int acceptable(const Program *program, int index, long size) {
    return size >= program->size_least[index] && size <= LARGEST_SIZE;
}

int demo_sizes(const Program *program, FILE *in, long *sizes) {
    for (int i = 0; i < program->size_count; i++)
        if (fscanf(in, "%ld", &sizes[i]) != 1 || !acceptable(program, i, sizes[i]))
            return 0;
    return 1;
}

int demo_read(FILE *in, double *numbers, size_t count) {
    for (size_t i = 0; i < count; i++)
        if (fscanf(in, "%lf", &numbers[i]) != 1)
            return 0;
    return 1;
}

void demo_write(FILE *out, const double *numbers, size_t count) {
    for (size_t i = 0; i < count; i++)
        fprintf(out, i ? " %.17g" : "%.17g", numbers[i]);
    fputc('\n', out);
}

/* splitmix64 */
double demo_uniform(Random *random) {
    unsigned long long z = random->state += 0x9e3779b97f4a7c15u;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    return (double)((z ^ (z >> 31)) >> 11) * 0x1p-53;
}

double demo_normal(Random *random) {
    const double two_pi = 6.28318530717958647693;
    double radius = sqrt(-2 * log(1 - demo_uniform(random)));
    return radius * cos(two_pi * demo_uniform(random));
}

void demo_fill_normal(Random *random, double *numbers, size_t count) {
    for (size_t i = 0; i < count; i++)
        numbers[i] = demo_normal(random);
}

double demo_relative(double got, double want, double typical) {
    double scale = fmax(fabs(want), typical);
    double difference = fabs(got - want);
    if (isnan(difference))
        return INFINITY;
    return difference == 0 ? 0 : difference / scale;
}

double demo_product_error(const double *gradient, const double *direction, size_t count,
                          double want) {
    double got = 0, norm = 0, length = 0;
    for (size_t i = 0; i < count; i++) {
        got += gradient[i] * direction[i];
        norm += gradient[i] * gradient[i];
        length += direction[i] * direction[i];
    }
    return demo_relative(got, want, sqrt(norm * length / (double)count));
}

/* Seconds of the processor that this thread had: what else runs on the machine does not stretch them. */
static double now(void) {
    struct timespec time;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return (double)time.tv_sec + 1e-9 * (double)time.tv_nsec;
}

/* Everything in memory may have changed: nothing is carried over from one run to the next. */
static void clobber(void *problem) { __asm__ volatile("" : : "r"(problem) : "memory"); }

static double batch(void (*function)(void *), void *problem, long count) {
    double start = now();
    for (long i = 0; i < count; i++) {
        clobber(problem);
        function(problem);
        clobber(problem);
    }
    return (now() - start) / (double)count;
}

/* Seconds a call of each function takes: the medians of interleaved batches, so that a slow moment of
 * the machine touches both alike. */
enum { BATCHES = 11 };

static int by_size(const void *a, const void *b) {
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* What is timed: the primal, the gradient, and the one written by hand (0 when there is none). */
enum { TIMED = 3 };

static void measure(const Program *program, void *problem, double seconds, double times[TIMED]) {
    void (*const functions[TIMED])(void *) = {program->primal, program->gradient, program->hand};
    int timed = program->hand ? TIMED : TIMED - 1;
    double samples[TIMED][BATCHES];
    long counts[TIMED];
    times[TIMED - 1] = 0;
    for (int f = 0; f < timed; f++) {
        double once = batch(functions[f], problem, 1);
        once = fmin(once, batch(functions[f], problem, 1));
        double count = seconds / (timed * BATCHES * fmax(once, 1e-9));
        counts[f] = count < 1 ? 1 : (long)count;
    }
    for (int i = 0; i < BATCHES; i++)
        for (int f = 0; f < timed; f++)
            samples[f][i] = batch(functions[f], problem, counts[f]);
    for (int f = 0; f < timed; f++) {
        qsort(samples[f], BATCHES, sizeof(double), by_size);
        times[f] = samples[f][BATCHES / 2];
    }
}

/* Directions: each variable alone when they are few, else a sample of them, and random mixtures. */
static double check(const Program *program, void *problem) {
    enum { ALONE = 300, SAMPLE = 24, MIXTURES = 6 };
    size_t n = program->inputs(problem);
    size_t alone = n <= ALONE ? n : SAMPLE;
    double *direction = demo_alloc(n * sizeof *direction);
    Random random = {.state = 20220122};
    double worst = 0;
    for (size_t k = 0; k < alone + MIXTURES; k++) {
        if (k < alone) {
            memset(direction, 0, n * sizeof *direction);
            direction[alone == n ? k : (size_t)(demo_uniform(&random) * (double)n)] = 1;
        } else {
            demo_fill_normal(&random, direction, n);
        }
        double error = program->error(problem, direction);
        worst = error > worst ? error : worst;
    }
    free(direction);
    return worst;
}

typedef struct Options {
    const char *input, *output, *result;
    double seconds;
    int row;
    long sizes[MAX_SIZES];
} Options;

static void usage(const Program *program, FILE *out) {
    fprintf(out, "usage: %s [--input FILE] [--write FILE] [--result FILE] [--seconds S] [--row]",
            program->name);
    for (int i = 0; i < program->size_count; i++)
        fprintf(out, " [%s]", program->size_names[i]);
    fprintf(out, "\n  --input FILE   read the problem instead of generating one\n"
                 "  --write FILE   write the problem in the same format and stop\n"
                 "  --result FILE  write the derivative and stop\n"
                 "  --seconds S    how long to measure (default 1)\n"
                 "  --row          print tab-separated fields only\n  sizes:");
    for (int i = 0; i < program->size_count; i++)
        fprintf(out, " %s (default %ld)", program->size_names[i], program->size_defaults[i]);
    fputc('\n', out);
}

/* 1 when the arguments make sense. */
static int parse(const Program *program, int argc, char **argv, Options *options) {
    int sizes = 0;
    memcpy(options->sizes, program->size_defaults, sizeof options->sizes);
    for (int i = 1; i < argc; i++) {
        const char **file = !strcmp(argv[i], "--input")    ? &options->input
                            : !strcmp(argv[i], "--write")  ? &options->output
                            : !strcmp(argv[i], "--result") ? &options->result
                                                           : NULL;
        if (file && i + 1 < argc) {
            *file = argv[++i];
        } else if (!strcmp(argv[i], "--seconds") && i + 1 < argc) {
            options->seconds = atof(argv[++i]);
        } else if (!strcmp(argv[i], "--row")) {
            options->row = 1;
        } else {
            char *end;
            long size = strtol(argv[i], &end, 10);
            if (*end || end == argv[i] || sizes == program->size_count ||
                !acceptable(program, sizes, size)) {
                fprintf(stderr, "%s: cannot use `%s`\n", program->name, argv[i]);
                return 0;
            }
            options->sizes[sizes++] = size;
        }
    }
    return 1;
}

static void *load(const Program *program, Options *options) {
    if (!options->input)
        return program->generate(options->sizes);
    if (!program->read) {
        fprintf(stderr, "%s: problems are only generated\n", program->name);
        return NULL;
    }
    FILE *in = fopen(options->input, "r");
    if (!in) {
        perror(options->input);
        return NULL;
    }
    void *problem = program->read(in, options->sizes);
    fclose(in);
    if (!problem)
        fprintf(stderr, "%s: this is not a problem of the format `%s` reads\n", options->input,
                program->name);
    return problem;
}

static void write_result(const Program *program, void *problem, FILE *out) {
    size_t count;
    program->gradient(problem);
    const double *numbers = program->result(problem, &count);
    demo_write(out, numbers, count);
}

/* Writes the problem, the derivative or both, each to its file. */
static int save(const Program *program, void *problem, const Options *options) {
    for (int derivative = 0; derivative < 2; derivative++) {
        const char *path = derivative ? options->result : options->output;
        if (!path)
            continue;
        FILE *out = fopen(path, "w");
        if (out && derivative)
            write_result(program, problem, out);
        else if (out)
            program->write(problem, out);
        if (!out || fclose(out)) {
            perror(path);
            return 2;
        }
    }
    return 0;
}

/* One line that is rewritten while the program works; nothing when nobody watches. */
static void progress(const Program *program, const char *doing) {
    if (isatty(2))
        fprintf(stderr, "\r\033[K%s%s%s", doing ? program->name : "", doing ? ": " : "",
                doing ? doing : "");
}

static Memory memory_of(void (*function)(void *), void *problem) {
    demo_memory_reset();
    function(problem);
    return demo_memory();
}

static int report(const Program *program, const Options *options, double error,
                  const double times[TIMED], Memory primal, Memory gradient) {
    char sizes[128] = "";
    for (int i = 0; i < program->size_count; i++) {
        size_t used = strlen(sizes);
        snprintf(sizes + used, sizeof sizes - used, "%s%s=%ld", i ? " " : "",
                 program->size_names[i], options->sizes[i]);
    }
    size_t tape = gradient.peak > primal.peak ? gradient.peak - primal.peak : 0;
    int ok = error <= tolerance && gradient.leaked == 0;
    if (options->row) {
        printf("%s\t%s\t%.3e\t%.9e\t%.9e\t%.9e\t%zu\t%zu\t%zu\t%zu\t%zu\t%s\n", program->name,
               sizes, error, times[0], times[1], times[2], tape, gradient.calls, primal.peak,
               primal.calls, gradient.leaked, ok ? "ok" : "FAILED");
    } else {
        printf("%s %s\n  relative error     %.1e (at most %.0e)\n"
               "  primal             %.3f ms\n  gradient           %.3f ms (%.2f x primal)\n"
               "  tape               %zu bytes in %zu allocations, %zu bytes leaked\n  %s\n",
               program->name, sizes, error, tolerance, 1e3 * times[0], 1e3 * times[1],
               times[1] / times[0], tape, gradient.calls, gradient.leaked, ok ? "ok" : "FAILED");
        if (program->hand)
            printf("  by hand            %.3f ms\n", 1e3 * times[2]);
    }
    return ok ? 0 : 1;
}

int demo_main(const Program *program, int argc, char **argv) {
    Options options = {.seconds = 1};
    if (argc == 2 && !strcmp(argv[1], "--help")) {
        usage(program, stdout);
        return 0;
    }
    if (!parse(program, argc, argv, &options)) {
        usage(program, stderr);
        return 2;
    }
    progress(program, "preparing the input");
    void *problem = load(program, &options);
    if (!problem)
        return 2;
    int status;
    if (options.output || options.result) {
        status = save(program, problem, &options);
        progress(program, NULL);
    } else {
        double times[TIMED];
        progress(program, "counting memory");
        Memory primal = memory_of(program->primal, problem);
        Memory gradient = memory_of(program->gradient, problem);
        progress(program, "checking the gradient against dual numbers");
        double error = check(program, problem);
        progress(program, "measuring");
        measure(program, problem, options.seconds, times);
        progress(program, NULL);
        status = report(program, &options, error, times, primal, gradient);
    }
    program->release(problem);
    return status;
}
