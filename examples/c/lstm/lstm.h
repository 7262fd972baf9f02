/* Loss of a long short-term memory network that predicts the next character of a text. */
#ifndef LSTM_H
#define LSTM_H

/* The objective: the mean negative log likelihood of each character given those before it.
 *
 * l: layers, c: length of the sequence, b: bits a character.
 * main[2 l][4 b]: for each layer the gates' weights, then their biases.
 * extra[3][b]: weights into the first layer, weights and biases out of the last.
 * state[2 l][b]: for each layer the initial hidden state, then the initial cell.
 * sequence[c][b]: the characters, bit by bit. */
double lstm_objective(int l, int c, int b, const double *restrict main,
                      const double *restrict extra, const double *restrict state,
                      const double *restrict sequence);

/* The same function's gradient in main and extra, added to their shadows. */
void lstm_gradient(int l, int c, int b, const double *main, double *dmain, const double *extra,
                   double *dextra, const double *state, const double *sequence);

/* The same function's derivative along a direction of main and extra, from dual numbers. */
double lstm_directional(int l, int c, int b, const double *main, const double *vmain,
                        const double *extra, const double *vextra, const double *state,
                        const double *sequence);

#endif
