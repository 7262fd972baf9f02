"""Gradients of the programs of the collection by JAX, on one core of the processor.

    programs.py SECONDS NAME PROBLEM RESULT [NAME PROBLEM RESULT ...]

PROBLEM is what the C program writes with --write, RESULT what it writes with --result. For each, one line goes to
standard output: name, relative error against RESULT, seconds of the function, seconds of its gradient, seconds that
compiling both took, all of processor time. Functions are compiled before they are timed, and inputs lie in the memory of the device.
"""

import os
import sys
import time

os.environ["JAX_PLATFORMS"] = "cpu"
os.environ["XLA_FLAGS"] = "--xla_cpu_multi_thread_eigen=false"
if hasattr(os, "sched_setaffinity"):
    os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[:1])

import jax

jax.config.update("jax_enable_x64", True)

import jax.numpy as np
from jax import lax
from jax.scipy.special import gammaln, logsumexp


def half_square(x):
    return 0.5 * np.sum(x * x)


def steps(count, advance, state):
    """The state after so many steps; their number is known, so the loop can be reversed."""
    return lax.scan(lambda s, _: (advance(s), None), state, None, length=count)[0]


def log_sum_exp(size, data):
    return logsumexp


def least_squares(size, data):
    m, n = size
    a, b = data[: m * n].reshape(m, n), data[m * n :]
    return lambda x: half_square(a @ x - b)


def k_means(size, data):
    n, k, d = size
    points = data.reshape(n, 1, d)

    def f(x):
        delta = points - x.reshape(1, k, d)
        return np.sum(np.min(np.sum(delta * delta, 2), 1))

    return f


def brusselator(size, data):
    n, count = size
    step, scale = 1e-3, 0.1 * n * n / 100

    def lap(u):
        return np.roll(u, 1, 0) + np.roll(u, -1, 0) + np.roll(u, 1, 1) + np.roll(u, -1, 1) - 4 * u

    def advance(state):
        u, v = state
        return np.stack(
            [
                u + step * (1 + u * u * v - 4.4 * u + scale * lap(u)),
                v + step * (3.4 * u - u * u * v + scale * lap(v)),
            ]
        )

    return lambda x: half_square(steps(count, advance, x.reshape(2, n, n)))


def rk4(size, data):
    h = 0.01

    def slope(x):
        return (np.roll(x, -1) - np.roll(x, 2)) * np.roll(x, 1) - x + 8

    def advance(x):
        k1 = slope(x)
        k2 = slope(x + h / 2 * k1)
        k3 = slope(x + h / 2 * k2)
        k4 = slope(x + h * k3)
        return x + h / 6 * (k1 + 2 * k2 + 2 * k3 + k4)

    return lambda x: half_square(steps(size[1], advance, x))


def dopri5(size, data):
    c, h = 0.4, 0.01
    a = [
        [],
        [1 / 5],
        [3 / 40, 9 / 40],
        [44 / 45, -56 / 15, 32 / 9],
        [19372 / 6561, -25360 / 2187, 64448 / 6561, -212 / 729],
        [9017 / 3168, -355 / 33, 46732 / 5247, 49 / 176, -5103 / 18656],
    ]
    b = [35 / 384, 0, 500 / 1113, 125 / 192, -2187 / 6784, 11 / 84]

    def slope(x):
        return x * (1 - x - c * np.roll(x, -1) + c * np.roll(x, 1))

    def advance(x):
        k = []
        for row in a:
            k.append(slope(x + h * sum((w * s for w, s in zip(row, k)), np.zeros_like(x))))
        return x + h * sum(w * s for w, s in zip(b, k))

    return lambda x: half_square(steps(size[0], advance, x))


def fft(size, data):
    def f(x):
        y = np.fft.fft(lax.complex(x[0::2], x[1::2]))
        return 0.5 * np.sum(data * (y.real * y.real + y.imag * y.imag))

    return f


def hand_tracking(size, data):
    bones, points = size
    lengths, rest = data[:bones], data[bones:].reshape(points, 6 + bones)
    p, q, w = rest[:, :3], rest[:, 3:6], rest[:, 6:]

    def local(angles, length):
        (sa, sb, sc), (ca, cb, cc) = np.sin(angles), np.cos(angles)
        return np.array(
            [
                [cc * cb, cc * sb * sa - sc * ca, cc * sb * ca + sc * sa, length],
                [sc * cb, sc * sb * sa + cc * ca, sc * sb * ca - cc * sa, 0],
                [-sb, cb * sa, cb * ca, 0],
                [0, 0, 0, 1],
            ]
        )

    def f(x):
        turns = jax.vmap(local)(x.reshape(bones, 3), lengths)

        def chain(above, turn):
            below = above @ turn
            return below, below

        _, t = lax.scan(chain, np.eye(4), turns)
        carried = np.einsum("brc,pc->pbr", t[:, :3, :3], p) + t[:, :3, 3]
        return half_square(np.einsum("pb,pbr->pr", w, carried) - q)

    return f


def matrix_descent(size, data):
    n, m, count = size
    y = data.reshape(n, m)

    def f(v):
        w, x = v[: n * n].reshape(n, n), v[n * n :].reshape(n, m)
        w = steps(count, lambda w: w - 1e-3 * (w @ x - y) @ x.T, w)
        return half_square(w @ x - y)

    return f


def black_scholes(size, market):
    n, count = size
    dt, r = 1 / count, 0.05
    payoff = np.maximum(1 - 2 * np.arange(n) / (n - 1), 0)
    at = np.arange(1, n - 1)

    def f(vol):
        inner = vol[1:-1]

        def advance(v):
            bend, slope = v[2:] - 2 * v[1:-1] + v[:-2], v[2:] - v[:-2]
            held = v[1:-1] + dt * (
                0.5 * inner * inner * at * at * bend + 0.5 * r * at * slope - r * v[1:-1]
            )
            middle = np.where(held > payoff[1:-1], held, payoff[1:-1])
            return np.concatenate([payoff[:1], middle, np.zeros(1)])

        return half_square(steps(count, advance, payoff) - market)

    return f


def registration(size, data):
    n, g = size
    fixed, moving = data.reshape(2, n, n)
    spacing = n / (g - 3)
    at = np.arange(n) / spacing
    cell = np.floor(at).astype(int)
    t = at - cell
    s = 1 - t
    weights = np.stack(
        [s**3 / 6, (3 * t**3 - 6 * t**2 + 4) / 6, (3 * s**3 - 6 * s**2 + 4) / 6, t**3 / 6], 1
    )
    near = cell[:, None] + np.arange(4)

    def f(x):
        grid = x.reshape(g, g, 2)[near[:, None, :, None], near[None, :, None, :]]
        moved = np.einsum("ia,jb,ijabc->ijc", weights, weights, grid)
        y, x = moved[..., 0] + np.arange(n)[:, None], moved[..., 1] + np.arange(n)
        r = np.clip(np.floor(y).astype(int), 0, n - 2)
        c = np.clip(np.floor(x).astype(int), 0, n - 2)
        v, u = y - r, x - c
        top = (1 - u) * moving[r, c] + u * moving[r, c + 1]
        bottom = (1 - u) * moving[r + 1, c] + u * moving[r + 1, c + 1]
        return half_square((1 - v) * top + v * bottom - fixed)

    return f


def n_body(size, masses):
    n, count = size
    step, soft = 1e-2, 0.05

    def pull(x):
        d = x[None] - x[:, None]
        square = np.sum(d * d, 2) + soft
        return np.sum(masses[None, :, None] * d / (square * np.sqrt(square))[..., None], 1)

    def advance(state):
        x, v = state
        v = v + 0.5 * step * pull(x)
        x = x + step * v
        return x, v + 0.5 * step * pull(x)

    def f(start):
        x, v = start.reshape(2, n, 3)
        return half_square(steps(count, advance, (x, v))[0])

    return f


def kalman(size, z):
    n = size[0]

    def f(v):
        a, q, r = v[: n * n].reshape(n, n), np.exp(v[n * n]), np.exp(v[n * n + 1])

        def advance(state, z):
            m, p = state
            m, p = a @ m, a @ p @ a.T + q * np.eye(n)
            s, e = p[0, 0] + r, z - m[0]
            k = p[:, 0] / s
            return (m + k * e, p - s * np.outer(k, k)), 0.5 * (np.log(s) + e * e / s)

        _, terms = lax.scan(advance, (np.zeros(n), np.eye(n)), z)
        return np.sum(terms)

    return f


def conv_net(size, data):
    n, filters, count = size
    half, images = (n - 2) // 2, data.reshape(count, 1, n, n)
    labels = np.arange(count) % 10

    def f(v):
        kernels = v[: 10 * filters].reshape(filters, 10)
        dense = v[10 * filters :].reshape(10, -1)
        weight = kernels[:, :9].reshape(filters, 1, 3, 3)
        maps = lax.conv_general_dilated(images, weight, (1, 1), "VALID") + kernels[:, 9, None, None]
        maps = np.maximum(maps, 0)[:, :, : 2 * half, : 2 * half]
        pooled = maps.reshape(count, filters, half, 2, half, 2).max((3, 5))
        logits = pooled.reshape(count, -1) @ dense.T
        return np.sum(np.log(np.sum(np.exp(logits), 1)) - logits[np.arange(count), labels])

    return f


def gmm(size, numbers):
    d, k, n = size
    stride = d * (d + 1) // 2
    count = k + k * d + k * stride
    x, (gamma, m) = numbers[count:-2].reshape(n, d), numbers[-2:]
    # The strictly lower triangle, column by column.
    columns, rows = np.triu_indices(d, 1)
    freedom = d + m + 1
    log_gamma = 0.25 * d * (d - 1) * np.log(np.pi) + sum(
        gammaln(0.5 * freedom + 0.5 * (1 - j)) for j in range(1, d + 1)
    )
    constant = freedom * d * (np.log(gamma) - 0.5 * np.log(2)) - log_gamma

    def f(v):
        alphas, means = v[:k], v[k : k + k * d].reshape(k, d)
        icf = v[k + k * d :].reshape(k, stride)
        logdet, diagonal, lower = np.sum(icf[:, :d], 1), np.exp(icf[:, :d]), icf[:, d:]
        q = jax.vmap(lambda low, dia: np.diag(dia).at[rows, columns].set(low))(lower, diagonal)
        scaled = np.einsum("krc,nkc->nkr", q, x[:, None] - means)
        terms = alphas + logdet - 0.5 * np.sum(scaled * scaled, 2)
        prior = np.sum(
            0.5 * gamma**2 * (np.sum(diagonal**2, 1) + np.sum(lower**2, 1)) - m * logdet
        )
        return (
            np.sum(logsumexp(terms, 1))
            - n * logsumexp(alphas)
            - 0.5 * n * d * np.log(2 * np.pi)
            + prior
            - k * constant
        )

    return f, numbers[:count]


def lstm(size, numbers):
    l, c, b = size
    count = 8 * l * b + 3 * b
    state = numbers[count : count + 2 * l * b].reshape(l, 2, b)
    sequence = numbers[count + 2 * l * b :].reshape(c, b)

    def f(v):
        main, extra = v[: 8 * l * b].reshape(l, 2, 4, b), v[8 * l * b :].reshape(3, b)

        def advance(state, pair):
            now, then = pair
            below, new = now * extra[0], []
            for k in range(l):
                (w, bias), (hidden, cell) = main[k], state[k]
                forget = jax.nn.sigmoid(below * w[0] + bias[0])
                enter = jax.nn.sigmoid(hidden * w[1] + bias[1])
                out = jax.nn.sigmoid(below * w[2] + bias[2])
                change = np.tanh(hidden * w[3] + bias[3])
                cell = cell * forget + enter * change
                below = out * np.tanh(cell)
                new.append(np.stack([below, cell]))
            prediction = below * extra[1] + extra[2]
            normal = np.log(np.sum(np.exp(prediction)) + 2)
            return np.stack(new), np.sum(then * (prediction - normal))

        _, terms = lax.scan(advance, state, (sequence[:-1], sequence[1:]))
        return -np.sum(terms) / ((c - 1) * b)

    return f, numbers[:count]


def ba(size, numbers):
    """Jacobian blocks of the residuals, each row by reverse mode, for all observations at once."""
    one = numbers[:15]
    feature = numbers[15:17]
    count = size[2]

    def residual(v):
        r, centre, focal, principal, radial, point, weight = (
            v[:3],
            v[3:6],
            v[6],
            v[7:9],
            v[9:11],
            v[11:14],
            v[14],
        )
        angle = np.sqrt(r @ r)
        w, x = r / angle, point - centre
        seen = x * np.cos(angle) + np.cross(w, x) * np.sin(angle) + w * (w @ x) * (1 - np.cos(angle))
        u = seen[:2] / seen[2]
        square = u @ u
        distortion = 1 + square * (radial[0] + square * radial[1])
        return weight * (focal * u * distortion + principal - feature)

    return jax.vmap(residual), np.tile(one, (count, 1)), jax.vmap(jax.jacrev(residual))


PROGRAMS = {
    "log_sum_exp": log_sum_exp,
    "least_squares": least_squares,
    "k_means": k_means,
    "brusselator": brusselator,
    "rk4": rk4,
    "dopri5": dopri5,
    "fft_recursive": fft,
    "fft_iterative": fft,
    "hand_tracking": hand_tracking,
    "matrix_descent": matrix_descent,
    "black_scholes": black_scholes,
    "registration": registration,
    "n_body": n_body,
    "kalman": kalman,
    "conv_net": conv_net,
}
ADBENCH = {"gmm": gmm, "lstm": lstm, "ba": ba}


def problem(name, path):
    """The function, its variables and its gradient."""
    with open(path) as file:
        lines = file.read().split("\n")
    size = [int(word) for word in lines[0].split()]

    def numbers(text):
        return np.array([float(word) for word in text.split()])

    if name in PROGRAMS:
        f = PROGRAMS[name](size, numbers(lines[2]))
        return f, numbers(lines[1]), jax.grad(f)
    made = ADBENCH[name](size, numbers(" ".join(lines[1:])))
    return made if len(made) == 3 else (*made, jax.grad(made[0]))


def once(f, x, count):
    start = time.process_time()
    for _ in range(count):
        jax.block_until_ready(f(x))
    return (time.process_time() - start) / count


def measure(functions, x, seconds, batches=11):
    """Medians of interleaved batches."""
    counts = [
        max(1, int(seconds / (batches * len(functions) * min(once(f, x, 1), once(f, x, 1)))))
        for f in functions
    ]
    samples = [[once(f, x, n) for f, n in zip(functions, counts)] for _ in range(batches)]
    return [sorted(column)[batches // 2] for column in zip(*samples)]


def main(arguments):
    seconds = float(arguments[0])
    for name, path, result in zip(arguments[1::3], arguments[2::3], arguments[3::3]):
        f, x, gradient = problem(name, path)
        start = time.process_time()
        functions = [jax.jit(f).lower(x).compile(), jax.jit(gradient).lower(x).compile()]
        compiling = time.process_time() - start
        with open(result) as file:
            want = np.array([float(word) for word in file.read().split()])
        got = functions[1](x).reshape(-1)
        error = float(np.linalg.norm(got - want) / np.linalg.norm(want))
        times = measure(functions, x, seconds)
        print(name, error, *times, compiling, sep="\t", flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
