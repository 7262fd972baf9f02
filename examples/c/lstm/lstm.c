/* One step of a layer with diagonal weights, for hidden state h, cell s and input x:
 *
 *   forget = sigma(x w1 + b1)   in = sigma(h w2 + b2)   out = sigma(x w3 + b3)   new = tanh(h w4 + b4)
 *   s' = s forget + in new      h' = out tanh(s')
 *
 * The prediction is an affine function of the last layer's h', scored by its log likelihood. The
 * objective of the public ADBench suite. */
#include "lstm.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static double sigmoid(double x) { return 1 / (1 + exp(-x)); }

/* As the suite defines it: with 2 added to the sum. */
static double logsumexp(int n, const double *restrict x) {
    double sum = 0;
    for (int i = 0; i < n; i++)
        sum += exp(x[i]);
    return log(sum + 2);
}

/* One layer, one step: hidden state and cell are replaced. */
static void layer(int b, const double *restrict weight, const double *restrict bias,
                  double *restrict hidden, double *restrict cell, const double *restrict input) {
    for (int i = 0; i < b; i++) {
        double forget = sigmoid(input[i] * weight[i] + bias[i]);
        double in = sigmoid(hidden[i] * weight[b + i] + bias[b + i]);
        double out = sigmoid(input[i] * weight[2 * b + i] + bias[2 * b + i]);
        double change = tanh(hidden[i] * weight[3 * b + i] + bias[3 * b + i]);
        cell[i] = cell[i] * forget + in * change;
        hidden[i] = out * tanh(cell[i]);
    }
}

/* All layers, one step; `prediction` is also where the first layer's input is made. */
static void predict(int l, int b, const double *restrict main, const double *restrict extra,
                    double *restrict state, const double *restrict input,
                    double *restrict prediction) {
    for (int i = 0; i < b; i++)
        prediction[i] = input[i] * extra[i];
    const double *below = prediction;
    for (int k = 0; k < l; k++) {
        double *hidden = &state[2 * k * b];
        layer(b, &main[8 * k * b], &main[(8 * k + 4) * b], hidden, hidden + b, below);
        below = hidden;
    }
    for (int i = 0; i < b; i++)
        prediction[i] = below[i] * extra[b + i] + extra[2 * b + i];
}

double lstm_objective(int l, int c, int b, const double *restrict main,
                      const double *restrict extra, const double *restrict state,
                      const double *restrict sequence) {
    size_t bytes = sizeof(double) * (size_t)(2 * l * b);
    double *current = (double *)malloc(bytes);
    double *prediction = (double *)malloc(sizeof(double) * (size_t)b);
    memcpy(current, state, bytes);
    double total = 0;
    for (int t = 0; t + 1 < c; t++) {
        predict(l, b, main, extra, current, &sequence[t * b], prediction);
        double normal = logsumexp(b, prediction);
        const double *next = &sequence[(t + 1) * b];
        for (int i = 0; i < b; i++)
            total += next[i] * (prediction[i] - normal);
    }
    free(prediction);
    free(current);
    return -total / ((c - 1) * b);
}
