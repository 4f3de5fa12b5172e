# What R's sandwich says of standard errors where noise is uneven or rows hang together, and car of tests by them,
# with 17 digits.
# ChickWeight (Crowder and Hand, Analysis of Repeated Measures, 1990) and mtcars come with R.
suppressPackageStartupMessages({ library(sandwich); library(car); library(clubSandwich) })
folder <- commandArgs(trailingOnly = TRUE)[1]
cases <- c()
add <- function(data, inputs, target, weights, errors, covariance) {
  values <- paste(sprintf("%.17g", sqrt(diag(covariance))), collapse = ", ")
  names <- paste0("\"", inputs, "\"", collapse = ", ")
  cases <<- c(cases, sprintf(
    paste0("  {\"data\": \"%s\", \"inputs\": [%s], \"target\": \"%s\", ",
      "\"weights\": \"%s\", \"errors\": \"%s\", \"values\": [%s]}"),
    data, names, target, weights, errors, values))
}
uneven <- function(data, inputs, target, weights, model) {
  for (kind in c("HC0", "HC1", "HC2", "HC3", "HC4")) {
    add(data, inputs, target, weights, tolower(kind), vcovHC(model, type = kind))
  }
}

chicks <- data.frame(weight = ChickWeight$weight, time = ChickWeight$Time,
  chick = as.integer(as.character(ChickWeight$Chick)), diet = as.integer(ChickWeight$Diet))
write.csv(chicks, file.path(folder, "chicks.csv"), row.names = FALSE, quote = FALSE)
growth <- lm(weight ~ time + diet, chicks)
uneven("chicks", c("time", "diet"), "weight", "", growth)
add("chicks", c("time", "diet"), "weight", "", "cr1:chick", vcovCL(growth, ~chick))
add("chicks", c("time", "diet"), "weight", "", "cluster:chick,time", vcovCL(growth, ~ chick + time))
weighed <- lm(weight ~ time, chicks, weights = diet)
uneven("chicks", "time", "weight", "diet", weighed)
add("chicks", "time", "weight", "diet", "cr1:chick", vcovCL(weighed, ~chick))

write.csv(mtcars, file.path(folder, "mtcars.csv"), row.names = FALSE, quote = FALSE)
cars <- lm(mpg ~ wt + hp + qsec, mtcars)
# CR2 with Satterthwaite's degrees of freedom, and Hotelling's T^2 by Zhang's.
reduced <- c()
reduce <- function(data, inputs, target, weights, model, column, groups, plumb, constraints) {
  covariance <- if (weights == "") vcovCR(model, cluster = groups, type = "CR2")
    else vcovCR(model, cluster = groups, type = "CR2", target = 1 / model$weights)
  found <- coef_test(model, vcov = covariance, test = "Satterthwaite")
  joint <- Wald_test(model, constraints = constraints, vcov = covariance, test = "HTZ")
  reduced <<- c(reduced, sprintf(paste0("  {\"data\": \"%s\", \"inputs\": [%s], \"target\": \"%s\", ",
      "\"weights\": \"%s\", \"errors\": \"cluster:%s\", \"values\": [%s], \"freedom\": [%s], ",
      "\"hypothesis\": \"%s\", \"f\": %.17g, \"denominator\": %.17g}"),
    data, paste0("\"", inputs, "\"", collapse = ", "), target, weights, column,
    paste(sprintf("%.17g", found$SE), collapse = ", "), paste(sprintf("%.17g", found$df_Satt), collapse = ", "), plumb,
    joint$Fstat, joint$df_denom))
}
reduce("chicks", c("time", "diet"), "weight", "", growth, "chick", chicks$chick, "time = 0, diet = 0",
  constrain_zero(2:3))
reduce("chicks", c("time", "diet"), "weight", "", growth, "diet", chicks$diet, "time = 0", constrain_zero(2))
reduce("mtcars", c("wt", "hp", "qsec"), "mpg", "", cars, "carb", mtcars$carb, "wt = 0, hp = 0", constrain_zero(2:3))
reduce("chicks", "time", "weight", "diet", weighed, "chick", chicks$chick, "time = 0", constrain_zero(2))
writeLines(c("[", paste(reduced, collapse = ",\n"), "]"), file.path(folder, "reduced.json"))
uneven("mtcars", c("wt", "hp", "qsec"), "mpg", "", cars)
add("mtcars", c("wt", "hp", "qsec"), "mpg", "", "cr1:carb", vcovCL(cars, ~carb))

# Rows in the order of time: cars' drivers killed or seriously injured, by month (Harvey and Durbin, J. Royal
# Statistical Society A 149, 1986); comes with R.
months <- data.frame(drivers = as.numeric(Seatbelts[, "drivers"]), kms = as.numeric(Seatbelts[, "kms"]),
  petrol = as.numeric(Seatbelts[, "PetrolPrice"]), law = as.numeric(Seatbelts[, "law"]),
  share = rep(1:4, 48))
write.csv(months, file.path(folder, "seatbelts.csv"), row.names = FALSE, quote = FALSE)
months <- read.csv(file.path(folder, "seatbelts.csv"))
# Andrews' rule for Bartlett's kernel over the influences of the weights and of the mean prediction, each scaled to
# variance 1, with Yule and Walker's autoregressions (sandwich's bwAndrews takes those of ordinary least squares).
chosen <- function(model) {
  scores <- estfun(model)
  influences <- cbind(scores[, 1], (scores %*% bread(model))[, -1])
  n <- nrow(influences)
  rho <- colSums(influences[-1, ] * influences[-n, ]) / colSums(influences^2)
  v <- 1 - rho^2
  floor(1.1447 * (n * sum(4 * rho^2 * v^2 / ((1 - rho)^6 * (1 + rho)^2)) / sum(v^2 / (1 - rho)^4))^(1 / 3))
}
ordered <- function(inputs, target, weights, model) {
  for (lags in c(1, 4, 12, 191)) {
    add("seatbelts", inputs, target, weights, paste0("hac:", lags),
      NeweyWest(model, lag = lags, prewhite = FALSE, adjust = TRUE))
  }
  add("seatbelts", inputs, target, weights, "hac",
    NeweyWest(model, lag = chosen(model), prewhite = FALSE, adjust = TRUE))
}
ordered(c("kms", "petrol", "law"), "drivers", "", lm(drivers ~ kms + petrol + law, months))
ordered("petrol", "drivers", "share", lm(drivers ~ petrol, months, weights = share))
tested <- c()
test <- function(data, inputs, target, errors, model, covariance, plumb, equations = plumb) {
  f <- linearHypothesis(model, equations, vcov. = covariance)$F[2]
  names <- paste0("\"", inputs, "\"", collapse = ", ")
  tested <<- c(tested, sprintf(
    paste0("  {\"data\": \"%s\", \"inputs\": [%s], \"target\": \"%s\", ",
      "\"errors\": \"%s\", \"hypothesis\": \"%s\", \"f\": %.17g}"),
    data, names, target, errors, plumb, f))
}
for (kind in c("HC1", "HC3", "HC4")) {
  test("mtcars", c("wt", "hp", "qsec"), "mpg", tolower(kind), cars, vcovHC(cars, type = kind), "wt + 100 hp = -8")
  test("mtcars", c("wt", "hp", "qsec"), "mpg", tolower(kind), cars, vcovHC(cars, type = kind),
    "wt = -3, hp = 0", c("wt = -3", "hp = 0"))
}
test("chicks", c("time", "diet"), "weight", "cr1:chick", growth, vcovCL(growth, ~chick), "time = 8 diet",
  "time - 8*diet = 0")
test("chicks", c("time", "diet"), "weight", "cr1:chick", growth, vcovCL(growth, ~chick), "time = 8, diet = 9",
  c("time = 8", "diet = 9"))
months_model <- lm(drivers ~ kms + petrol + law, months)
test("seatbelts", c("kms", "petrol", "law"), "drivers", "hac:6", months_model,
  NeweyWest(months_model, lag = 6, prewhite = FALSE, adjust = TRUE), "petrol = 0, law = 0", c("petrol = 0", "law = 0"))
writeLines(c("[", paste(tested, collapse = ",\n"), "]"), file.path(folder, "tests.json"))
writeLines(c("[", paste(cases, collapse = ",\n"), "]"), file.path(folder, "errors.json"))
