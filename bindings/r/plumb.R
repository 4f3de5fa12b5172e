# Plumb in R: y = W x + b by exact least squares, and what of W and b to trust.
#
#   source("plumb.R"); plumb_load("native")          # where Plumb.Native.so and plumb_r.so are
#   fit <- plumb_fit(mpg ~ wt + hp, data = mtcars)
#   fit; summary(fit); coef(fit)

# Loads the library and what calls it; `make` builds the latter, which takes a C compiler.
plumb_load <- function(folder = Sys.getenv("PLUMB_NATIVE", "native")) {
  dyn.load(file.path(folder, "Plumb.Native.so"), local = FALSE)
  dyn.load(file.path(folder, "plumb_r.so"))
  invisible(TRUE)
}

.plumb_json <- function(settings) {
  settings <- Filter(Negate(is.null), settings)
  if (length(settings) == 0) return("{}")
  text <- function(value) {
    if (is.character(value)) encodeString(value, quote = '"')
    else if (is.logical(value)) tolower(as.character(value))
    else sprintf("%.17g", value)
  }
  paste0("{", paste0('"', names(settings), '": ', vapply(settings, text, ""), collapse = ", "), "}")
}

.plumb_model <- function(weights, bias) {
  weights <- if (is.matrix(weights)) weights else matrix(weights, nrow = 1)
  row <- function(values) paste0("[", paste(sprintf("%.17g", values), collapse = ", "), "]")
  sprintf('{"weights": [%s], "bias": %s}', paste(apply(weights, 1, row), collapse = ", "),
          row(rep_len(bias, nrow(weights))))
}

# Fits a formula: several targets as cbind(y1, y2) ~ ..., no bias as ~ 0 + ..., categories as R codes them.
plumb_fit <- function(formula, data, ridge = 0, level = 0.95) {
  frame <- model.frame(formula, data, na.action = na.fail)
  terms <- attr(frame, "terms")
  response <- model.response(frame)
  y <- as.matrix(response)
  storage.mode(y) <- "double"
  if (is.null(colnames(y))) colnames(y) <- deparse(formula[[2]])
  x <- model.matrix(terms, frame)
  bias <- attr(terms, "intercept") == 1
  x <- x[, colnames(x) != "(Intercept)", drop = FALSE]
  if (ncol(x) == 0) stop("the formula names no input; name one or more behind ~.")
  storage.mode(x) <- "double"
  settings <- .plumb_json(list(bias = bias, ridge = ridge, level = level))
  handle <- .Call("plumb_r_fit", x, y, enc2utf8(colnames(x)), enc2utf8(colnames(y)), settings, ridge == 0)
  structure(list(handle = handle, inputs = colnames(x), targets = colnames(y), bias = bias, level = level,
                 call = match.call()), class = "plumb_fit")
}

.plumb_table <- function(fit) {
  parameters <- c(fit$inputs, if (fit$bias) "(bias)")
  count <- length(parameters) * length(fit$targets)
  numbers <- .Call("plumb_r_coefficients", fit$handle, count)
  table <- data.frame(target = rep(fit$targets, each = length(parameters)),
                      input = rep(parameters, length(fit$targets)), numbers, stringsAsFactors = FALSE)
  names(table) <- c("target", "input", "estimate", "std_error", "low", "high", "p_value")
  table
}

# A named vector for one target, a matrix for several; NA where the data do not determine a weight.
coef.plumb_fit <- function(object, ...) {
  table <- .plumb_table(object)
  parameters <- c(object$inputs, if (object$bias) "(bias)")
  values <- matrix(table$estimate, nrow = length(parameters), dimnames = list(parameters, object$targets))
  if (ncol(values) == 1) setNames(as.vector(values), parameters) else values
}

confint.plumb_fit <- function(object, parm, level, ...) {
  table <- .plumb_table(object)
  if (!missing(level)) stop("give the level to plumb_fit.")
  rows <- if (length(object$targets) == 1) table$input else paste(table$target, table$input, sep = ":")
  bounds <- as.matrix(table[, c("low", "high")])
  dimnames(bounds) <- list(rows, c("low", "high"))
  if (missing(parm)) bounds else bounds[parm, , drop = FALSE]
}

# What of W and b to trust, in a sentence or two.
plumb_verdict <- function(fit) .Call("plumb_r_verdict", fit$handle)

# The report as "text", "markdown", "html" or "json"; settings as in plumb.h, such as evidence = TRUE.
plumb_report <- function(fit, format = "text", ...) .Call("plumb_r_report", fit$handle, format, .plumb_json(list(...)))

print.plumb_fit <- function(x, ...) {
  cat(plumb_verdict(x), "\n\n", sep = "")
  print(coef(x))
  invisible(x)
}

summary.plumb_fit <- function(object, width = getOption("width"), ...) {
  structure(list(text = plumb_report(object, width = max(20, width), ...), coefficients = .plumb_table(object)),
            class = "summary.plumb_fit")
}

print.summary.plumb_fit <- function(x, ...) {
  cat(x$text)
  invisible(x)
}

# Why a learned W (targets x inputs) and b are not the best fit, or not the truth: list(weights, bias).
plumb_explain <- function(fit, weights, bias, truth = NULL, format = "text", ...) {
  text <- .Call("plumb_r_explain", fit$handle, .plumb_model(weights, bias),
                if (!is.null(truth)) .plumb_model(truth[[1]], truth[[2]]), format, .plumb_json(list(...)))
  if (format == "text") structure(list(text = text), class = "summary.plumb_fit") else text
}
