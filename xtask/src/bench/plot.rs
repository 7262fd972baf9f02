//! Plots as SVG, without a dependency: a few series of points joined by lines, and bars.

use std::fmt::Write as _;

/// One line of the plot.
pub(super) struct Series {
    pub(super) name: String,
    pub(super) points: Vec<(f64, f64)>,
}

/// What stands at the axes.
pub(super) struct Labels<'a> {
    pub(super) title: &'a str,
    pub(super) x: &'a str,
    pub(super) y: &'a str,
}

const WIDTH: f64 = 640.0;
const HEIGHT: f64 = 420.0;
const LEFT: f64 = 70.0;
const RIGHT: f64 = 170.0;
const TOP: f64 = 40.0;
const BOTTOM: f64 = 50.0;
/// Distinguishable also without color vision.
const COLORS: &[&str] = &[
    "#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#000000",
];

/// Whole decades around the values of one axis.
fn decades(values: impl Iterator<Item = f64>) -> (i32, i32) {
    let (low, high) = values
        .filter(|value| *value > 0.0)
        .map(f64::log10)
        .fold((f64::MAX, f64::MIN), |(low, high), v| {
            (low.min(v), high.max(v))
        });
    if low > high {
        return (0, 1);
    }
    let low = (low + 1e-9).floor() as i32;
    (low, ((high - 1e-9).ceil() as i32).max(low + 1))
}

/// The plot.
pub(super) fn log_log(labels: &Labels<'_>, series: &[Series]) -> String {
    let all = || series.iter().flat_map(|line| line.points.iter());
    let x_range = decades(all().map(|point| point.0));
    let y_range = decades(all().map(|point| point.1));
    let part = |value: f64, (low, high): (i32, i32)| {
        (value.log10() - f64::from(low)) / f64::from(high - low)
    };
    let x = |value: f64| LEFT + part(value, x_range) * (WIDTH - LEFT - RIGHT);
    let y = |value: f64| HEIGHT - BOTTOM - part(value, y_range) * (HEIGHT - TOP - BOTTOM);
    let mut out = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {HEIGHT}\" \
         font-family=\"sans-serif\" font-size=\"12\">\n\
         <rect width=\"100%\" height=\"100%\" fill=\"white\"/>\n"
    );
    text(&mut out, (LEFT, 22.0), "font-size=\"15\"", labels.title);
    let middle = LEFT + (WIDTH - LEFT - RIGHT) / 2.0;
    text(
        &mut out,
        (middle, HEIGHT - 12.0),
        "text-anchor=\"middle\"",
        labels.x,
    );
    let (at, up) = (18.0, HEIGHT / 2.0);
    let turned = format!("text-anchor=\"middle\" transform=\"rotate(-90 {at} {up})\"");
    text(&mut out, (at, up), &turned, labels.y);
    for decade in x_range.0..=x_range.1 {
        let at = x(10_f64.powi(decade));
        line(&mut out, (at, TOP), (at, HEIGHT - BOTTOM));
        let below = (at, HEIGHT - BOTTOM + 16.0);
        text(&mut out, below, "text-anchor=\"middle\"", &power(decade));
    }
    for decade in y_range.0..=y_range.1 {
        let at = y(10_f64.powi(decade));
        line(&mut out, (LEFT, at), (WIDTH - RIGHT, at));
        text(
            &mut out,
            (LEFT - 6.0, at + 4.0),
            "text-anchor=\"end\"",
            &power(decade),
        );
    }
    for (index, Series { name, points }) in series.iter().enumerate() {
        let color = COLORS[index % COLORS.len()];
        // Each round of colors has dashes of its own.
        let dashes = 6 * (index / COLORS.len());
        // What is nothing has no place on a logarithmic axis.
        let points: Vec<_> = points.iter().filter(|point| point.1 > 0.0).collect();
        let path: Vec<_> = points
            .iter()
            .map(|point| format!("{:.1},{:.1}", x(point.0), y(point.1)))
            .collect();
        let _ = writeln!(
            out,
            "<polyline points=\"{}\" fill=\"none\" stroke=\"{color}\" stroke-width=\"2\"{}/>",
            path.join(" "),
            if dashes > 0 {
                format!(" stroke-dasharray=\"{dashes} 3\"")
            } else {
                String::new()
            }
        );
        for point in points {
            let (cx, cy) = (x(point.0), y(point.1));
            let _ = writeln!(
                out,
                "<circle cx=\"{cx:.1}\" cy=\"{cy:.1}\" r=\"3\" fill=\"{color}\"/>"
            );
        }
        let at = (WIDTH - RIGHT + 12.0, TOP + 16.0 * (index as f64 + 1.0));
        text(&mut out, at, &format!("fill=\"{color}\""), name);
    }
    out.push_str("</svg>\n");
    out
}

/// Two plots of [`log_log`], the second under the first.
pub(super) fn stacked(above: &str, below: &str) -> String {
    let placed = |plot: &str, top: f64| {
        let size = format!("<svg y=\"{top}\" width=\"{WIDTH}\" height=\"{HEIGHT}\" ");
        plot.replacen("<svg ", &size, 1)
    };
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {}\">\n{}{}</svg>\n",
        2.0 * HEIGHT,
        placed(above, 0.0),
        placed(below, HEIGHT)
    )
}

/// One bar, with a mark beside its end.
pub(super) struct Bar {
    pub(super) name: String,
    pub(super) value: f64,
    /// What it is compared with.
    pub(super) mark: Option<f64>,
}

/// Horizontal bars over a linear axis from zero; the marks are lines across them.
pub(super) fn bars(title: &str, axis: &str, bars: &[Bar]) -> String {
    const ROW: f64 = 20.0;
    const NAMES: f64 = 230.0;
    let height = TOP + ROW * bars.len() as f64 + BOTTOM;
    let values = bars
        .iter()
        .flat_map(|bar| [bar.value, bar.mark.unwrap_or(0.0)]);
    let largest = values.fold(1.0, f64::max).ceil();
    let x = |value: f64| NAMES + value / largest * (WIDTH - NAMES - 40.0);
    let mut out = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {height}\" \
         font-family=\"sans-serif\" font-size=\"12\">\n\
         <rect width=\"100%\" height=\"100%\" fill=\"white\"/>\n"
    );
    text(&mut out, (20.0, 22.0), "font-size=\"15\"", title);
    let bottom = height - BOTTOM;
    for tick in 0..=largest as u32 {
        let at = x(f64::from(tick));
        line(&mut out, (at, TOP), (at, bottom));
        let centred = "text-anchor=\"middle\"";
        text(&mut out, (at, bottom + 16.0), centred, &tick.to_string());
    }
    text(&mut out, (NAMES, height - 12.0), "", axis);
    for (index, bar) in bars.iter().enumerate() {
        let top = TOP + ROW * index as f64;
        let right = "text-anchor=\"end\"";
        text(&mut out, (NAMES - 8.0, top + 14.0), right, &bar.name);
        let _ = writeln!(
            out,
            "<rect x=\"{NAMES}\" y=\"{:.1}\" width=\"{:.1}\" height=\"{:.1}\" fill=\"{}\"/>",
            top + 3.0,
            x(bar.value) - NAMES,
            ROW - 6.0,
            COLORS[0]
        );
        if let Some(mark) = bar.mark {
            let _ = writeln!(
                out,
                "<rect x=\"{:.1}\" y=\"{top:.1}\" width=\"3\" height=\"{ROW:.1}\" fill=\"{}\"/>",
                x(mark) - 1.5,
                COLORS[1]
            );
        }
    }
    out.push_str("</svg>\n");
    out
}

fn power(decade: i32) -> String {
    match decade {
        -2 => "0.01".to_owned(),
        -1 => "0.1".to_owned(),
        0..=3 => 10_u32.pow(decade as u32).to_string(),
        _ => format!("1e{decade}"),
    }
}

fn text(out: &mut String, (x, y): (f64, f64), attributes: &str, text: &str) {
    let text = text.replace('&', "&amp;").replace('<', "&lt;");
    let _ = writeln!(
        out,
        "<text x=\"{x:.1}\" y=\"{y:.1}\" {attributes}>{text}</text>"
    );
}

fn line(out: &mut String, (x1, y1): (f64, f64), (x2, y2): (f64, f64)) {
    let _ = writeln!(
        out,
        "<line x1=\"{x1:.1}\" y1=\"{y1:.1}\" x2=\"{x2:.1}\" y2=\"{y2:.1}\" stroke=\"#ddd\"/>"
    );
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decades_enclose_the_values() {
        assert_eq!(decades([120.0, 9_000.0].into_iter()), (2, 4));
        assert_eq!(decades([100.0, 1000.0].into_iter()), (2, 3));
        assert_eq!(decades([5.0].into_iter()), (0, 1));
        assert_eq!(decades(std::iter::empty()), (0, 1));
    }

    #[test]
    fn bars_are_as_long_as_their_values() {
        let bar = |value, mark| Bar {
            name: "a".to_owned(),
            value,
            mark,
        };
        let svg = bars("t", "x", &[bar(2.0, Some(1.0)), bar(1.0, None)]);
        assert!(svg.contains("width=\"370.0\"") && svg.contains("width=\"185.0\""));
        assert_eq!(svg.matches(COLORS[1]).count(), 1);
    }

    #[test]
    fn each_series_is_drawn_and_named() {
        let series = [Series {
            name: "a < b".to_owned(),
            points: vec![(1.0, 1.0), (10.0, 10.0)],
        }];
        let labels = Labels {
            title: "t",
            x: "x",
            y: "y",
        };
        let svg = log_log(&labels, &series);
        assert!(svg.contains("a &lt; b"));
        assert_eq!(svg.matches("<circle").count(), 2);
    }
}
