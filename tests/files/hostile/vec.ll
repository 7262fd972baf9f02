declare <4 x double> @__enzyme_autodiff(...)
declare [2 x double] @__enzyme_fwddiff(...)
define <4 x double> @f(<4 x double> %x) { %y = fmul <4 x double> %x, %x
 ret <4 x double> %y }
define [2 x double] @h([2 x double] %x) { ret [2 x double] %x }
define <vscale x 2 x double> @sc(<vscale x 2 x double> %x) { ret <vscale x 2 x double> %x }
define <4 x double> @g(<4 x double> %x, [2 x double] %y, <vscale x 2 x double> %z) {
  %r = call <4 x double> (...) @__enzyme_autodiff(ptr @f, <4 x double> %x)
  %s = call [2 x double] (...) @__enzyme_fwddiff(ptr @h, [2 x double] %y, [2 x double] %y)
  %t = call <4 x double> (...) @__enzyme_autodiff(ptr @sc, <vscale x 2 x double> %z)
  ret <4 x double> %r
}
