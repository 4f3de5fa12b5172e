# 26 real data sets, all of which come with R, as CSV, and what R says of a regression of each: lm and its intervals,
# sandwich's errors, clubSandwich's, car's tests, emmeans' and multcomp's comparisons of levels. Writes SET.csv and
# SET.json with the numbers and the matrix of the model, for real.py to judge. The column "block" cuts the rows into
# eight groups that follow each other, for clustered errors.
suppressPackageStartupMessages({
  library(sandwich); library(car); library(lmtest); library(clubSandwich); library(emmeans); library(multcomp)
})
folder <- commandArgs(trailingOnly = TRUE)[1]
number <- function(x) ifelse(is.finite(x), sprintf("%.17g", x), "null")
vector_of <- function(x) paste0("[", paste(number(as.numeric(x)), collapse = ", "), "]")
text <- function(x) paste0("[", paste0("\"", x, "\"", collapse = ", "), "]")

# Of each target: the errors by groups and by lags, and intervals at the first rows.
more_of <- function(inputs, target, data, w, weighted) {
  # clubSandwich takes no model with coefficients that are none. Of weighted rows Plumb's CR2 is that of the rows times
  # the roots of their weights: clubSandwich takes another root of the same matrix, as unbiased where noise is even.
  model <- if (weighted) lm(reformulate(inputs, target), data, weights = w_) else lm(reformulate(inputs, target), data)
  block <- data$block
  x <- model.matrix(model) * sqrt(w)
  y <- data[[target]] * sqrt(w)
  plain <- lm(y ~ x - 1)
  tests <- coef_test(plain, vcov = vcovCR(plain, cluster = block, type = "CR2"), test = "Satterthwaite")
  first <- unique(data)[1:3, ]
  mean <- predict(model, first, interval = "confidence")
  one <- suppressWarnings(predict(model, first, interval = "prediction"))
  sprintf(paste0("\"cluster\": %s, \"hac\": %s,\n  \"block\": %s, \"cr2\": %s, \"freedom\": %s,\n  ",
    "\"mean\": %s, \"new\": %s"), vector_of(sqrt(diag(vcovCL(model, cluster = block)))),
    vector_of(sqrt(diag(NeweyWest(model, lag = 2, prewhite = FALSE, adjust = TRUE)))), vector_of(block),
    vector_of(tests$SE), vector_of(tests$df_Satt), vector_of(t(mean)), vector_of(t(one)))
}

# The levels of the last input: differences of two, by Tukey's way and by Holm's.
levels_of <- function(model, by) {
  pairs <- as.data.frame(pairs(emmeans(model, by), adjust = "tukey"))
  holm <- summary(glht(model, linfct = do.call(mcp, setNames(list("Tukey"), by))), test = adjusted("holm"))
  sprintf("{\"by\": \"%s\", \"differences\": %s, \"errors\": %s, \"tukey\": %s, \"holm\": %s}", by,
    vector_of(sort(abs(pairs$estimate))), vector_of(pairs$SE[order(abs(pairs$estimate))]),
    vector_of(pairs$p.value[order(abs(pairs$estimate))]),
    vector_of(holm$test$pvalues[order(abs(holm$test$coefficients))]))
}

set <- function(name, data, targets, inputs, kind = "plain", weights = NULL, frequency = NULL) {
  file <- file.path(folder, paste0(name, ".csv"))
  data <- na.omit(as.data.frame(data))[, unique(c(targets, inputs, weights, frequency))]
  data$block <- (seq_len(nrow(data)) - 1) %/% ceiling(nrow(data) / 8) + 1
  write.csv(data, file, row.names = FALSE, quote = FALSE)
  data <- read.csv(file, stringsAsFactors = TRUE)
  if (!is.null(frequency)) data <- data[rep(seq_len(nrow(data)), data[[frequency]]), ]
  w <- if (is.null(weights)) rep(1, nrow(data)) else data[[weights]]
  data$w_ <- w
  parts <- c()
  for (target in targets) {
    model <- if (is.null(weights)) lm(reformulate(inputs, target), data) else
      lm(reformulate(inputs, target), data, weights = w_)
    kept <- !is.na(coef(model))
    x <- model.matrix(model)[, kept, drop = FALSE]
    summary <- summary(model)
    robust <- sqrt(diag(vcovHC(model, type = "HC3")))
    all <- linearHypothesis(model, names(coef(model))[kept][-1], singular.ok = TRUE)
    parts <- c(parts, sprintf(paste0("{\"target\": \"%s\", \"kept\": [%s], \"x\": [%s],\n  \"y\": %s, \"w\": %s,\n  ",
      "\"coefficients\": %s, \"errors\": %s, \"hc3\": %s, \"p\": %s,\n  \"rSquared\": %s, \"f\": %s, \"fOfAll\": %s, ",
      "\"aic\": %s,\n  %s}"), target, paste(tolower(kept), collapse = ", "),
      paste(apply(x, 1, vector_of), collapse = ", "),
      vector_of(data[[target]]), vector_of(w), vector_of(coef(model)[kept]), vector_of(summary$coefficients[, 2]),
      vector_of(robust[names(coef(model))[kept]]), vector_of(summary$coefficients[, 4]), number(summary$r.squared),
      number(summary$fstatistic[1]), number(all$F[2]),
      # Moments do not hold the logarithms of weights, which lm's likelihood adds.
      number(AIC(model) + if (is.null(weights)) 0 else sum(log(w))),
      more_of(inputs[!inputs %in% names(coef(model))[!kept]], target, data, w, !is.null(weights))))
  }
  levels <- if (kind == "categories") levels_of(model, tail(inputs, 1)) else "null"
  options <- c("--target", paste(targets, collapse = ","), "--input", paste(inputs, collapse = ","),
    if (!is.null(weights)) c("--weight", weights), if (!is.null(frequency)) c("--frequency", frequency))
  writeLines(sprintf(paste0("{\"name\": \"%s\", \"kind\": \"%s\", \"options\": %s, \"levels\": %s,\n ",
    "\"fits\": [\n %s]}"), name, kind, text(options), levels, paste(parts, collapse = ",\n ")),
    file.path(folder, paste0(name, ".json")))
}

set("cars", cars, "dist", "speed")
set("mtcars", mtcars, "mpg", c("wt", "hp", "qsec"))
set("stackloss", stackloss, "stack.loss", c("Air.Flow", "Water.Temp", "Acid.Conc."))
set("trees", trees, "Volume", c("Girth", "Height"))
set("swiss", swiss, "Fertility", c("Agriculture", "Examination", "Education", "Catholic", "Infant.Mortality"))
set("longley", longley, "Employed", c("GNP.deflator", "GNP", "Unemployed", "Armed.Forces", "Population", "Year"))
set("attitude", attitude, "rating", c("complaints", "privileges", "learning", "raises", "critical", "advance"))
set("faithful", faithful, "eruptions", "waiting")
set("women", women, "weight", "height")
set("rock", rock, "perm", c("area", "peri", "shape"))
set("airquality", airquality, "Ozone", c("Solar.R", "Wind", "Temp"))
set("ratings", USJudgeRatings, "RTEN", c("CONT", "INTG", "DMNR", "DILG", "CFMG", "DECI", "PREP"))
set("savings", LifeCycleSavings, "sr", c("pop15", "pop75", "dpi", "ddpi"))
set("quakes", quakes, "mag", c("lat", "long", "depth", "stations"))
names <- gsub(" ", ".", colnames(state.x77))
set("states", setNames(as.data.frame(state.x77), names), "Life.Exp",
  c("Population", "Income", "Illiteracy", "Murder", "Frost"))
set("iris", iris, "Sepal.Length", c("Petal.Length", "Petal.Width", "Species"), "categories")
set("toothgrowth", ToothGrowth, "len", c("dose", "supp"), "categories")
set("sprays", InsectSprays, "count", "spray", "categories")
set("chickwts", chickwts, "weight", "feed", "categories")
set("warpbreaks", warpbreaks, "breaks", c("wool", "tension"), "categories")
set("plantgrowth", PlantGrowth, "weight", "group", "categories")
set("weighed_cars", mtcars, "mpg", c("wt", "hp"), "weighted", weights = "carb")
set("weighed_savings", LifeCycleSavings, "sr", c("pop15", "ddpi"), "weighted", weights = "dpi")
set("eyes", transform(as.data.frame(HairEyeColor), dark = as.numeric(Hair %in% c("Black", "Brown")),
  brown = as.numeric(Eye == "Brown")), "dark", c("brown", "Sex"), "frequencies", frequency = "Freq")
set("dependent_swiss", transform(swiss, Both = Examination + Education), "Fertility",
  c("Agriculture", "Catholic", "Examination", "Education", "Both"), "rank deficient")
set("iris_targets", iris, c("Sepal.Length", "Sepal.Width", "Petal.Width"), c("Petal.Length", "Species"),
  "several targets")
