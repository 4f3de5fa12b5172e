# What R says of estimates, tests and intervals: data as CSV, numbers as JSON with 17 digits.
# Data sets that R brings: mtcars (Henderson and Velleman, 1981), iris (Fisher, 1936), cars (Ezekiel, 1930).
suppressPackageStartupMessages({ library(car); library(emmeans) })
options(digits = 17)
folder <- commandArgs(trailingOnly = TRUE)[1]

number <- function(x) ifelse(is.finite(x), sprintf("%.17g", x), "null")
text <- function(x) paste0("\"", gsub("\"", "\\\\\"", x), "\"")
list_of <- function(items) paste0("[", paste(items, collapse = ", "), "]")
vector_of <- function(x) list_of(number(as.numeric(x)))
matrix_of <- function(m) list_of(apply(m, 1, vector_of))
object <- function(...) {
  items <- list(...)
  paste0("{", paste(paste0(text(names(items)), ": ", unlist(items)), collapse = ", "), "}")
}
cases <- c()
add <- function(...) cases <<- c(cases, object(...))
csv <- function(data, name) write.csv(data, file.path(folder, paste0(name, ".csv")), row.names = FALSE, quote = FALSE)

# One hypothesis, or several at once, by car's linearHypothesis; "plumb" is how Plumb writes it.
tested <- function(model, plumb, r = plumb) {
  table <- linearHypothesis(model, r)
  object(hypothesis = text(plumb), f = number(table$F[2]), equations = number(table$Df[2]),
    freedom = number(table$Res.Df[2]), p = number(table$`Pr(>F)`[2]))
}

predicted <- function(model, at, level) {
  mean <- predict(model, at, interval = "confidence", level = level)
  one <- suppressWarnings(predict(model, at, interval = "prediction", level = level))
  x <- model.matrix(delete.response(terms(model)), at)
  leverage <- rowSums((x %*% summary(model)$cov.unscaled) * x)
  list_of(sapply(seq_len(nrow(at)), function(i) object(x = vector_of(at[i, ]), level = number(level),
    mean = vector_of(mean[i, ]), new = vector_of(one[i, ]), leverage = number(leverage[i]))))
}

single <- function(name, data, options, model, hypotheses, at, level = 0.95) {
  add(name = text(name), data = text(data), options = list_of(text(options)),
    coefficients = vector_of(coef(model)), covariance = matrix_of(vcov(model)), tests = list_of(hypotheses),
    predictions = predicted(model, at, level), logLikelihood = number(as.numeric(logLik(model))),
    aic = number(AIC(model)), bic = number(BIC(model)))
}

csv(mtcars, "mtcars")
csv(iris, "iris")
csv(cars, "cars")

model <- lm(mpg ~ wt + hp + qsec, mtcars)
single("plain", "mtcars", c("--target", "mpg", "--input", "wt,hp,qsec"), model,
  c(tested(model, "wt = hp"), tested(model, "wt + hp = -4, qsec = 0", c("wt + hp = -4", "qsec = 0")),
    tested(model, "wt = 0, hp = 0, qsec = 0", c("wt = 0", "hp = 0", "qsec = 0")),
    tested(model, "2 wt - 0.5 hp = 1"), tested(model, "bias = 30", "(Intercept) = 30")),
  data.frame(wt = c(3, 6), hp = c(120, 100), qsec = c(18, 25)), 0.9)

model <- lm(mpg ~ wt + hp, mtcars, weights = carb)
single("weighted", "mtcars", c("--target", "mpg", "--input", "wt,hp", "--weight", "carb"), model,
  c(tested(model, "wt = hp"), tested(model, "wt = -4, hp = 0", c("wt = -4", "hp = 0"))),
  data.frame(wt = c(3, 6), hp = c(120, 100)))

frequent <- mtcars[rep(seq_len(nrow(mtcars)), mtcars$carb), ]
model <- lm(mpg ~ wt + hp, frequent)
single("frequencies", "mtcars", c("--target", "mpg", "--input", "wt,hp", "--frequency", "carb"), model,
  c(tested(model, "wt = hp"), tested(model, "wt = -4, hp = 0", c("wt = -4", "hp = 0"))),
  data.frame(wt = c(3, 6), hp = c(120, 100)))

model <- lm(dist ~ speed - 1, cars)
single("origin", "cars", c("--target", "dist", "--input", "speed", "--no-bias"), model, c(tested(model, "speed = 3")),
  data.frame(speed = c(10, 40)))

model <- lm(Sepal.Length ~ Petal.Length + Petal.Width + Species, iris)
single("factor", "iris", c("--target", "Sepal.Length", "--input", "Petal.Length,Petal.Width,Species"), model,
  c(tested(model, "Petal.Length = Petal.Width"),
    tested(model, "Species = 0", c("Speciesversicolor = 0", "Speciesvirginica = 0")),
    tested(model, "Species[versicolor] = Species[virginica]", "Speciesversicolor = Speciesvirginica")),
  iris[c(1, 120), c("Petal.Length", "Petal.Width", "Species")])

# All pairwise differences of species, with each adjustment.
pairwise <- c("Species[versicolor] = 0", "Species[virginica] = 0", "Species[versicolor] = Species[virginica]")
means <- emmeans(lm(Sepal.Length ~ Petal.Length + Species, iris), "Species")
adjusted <- function(method) vector_of(as.data.frame(pairs(means, adjust = method))$p.value)
add(name = text("adjusted"), data = text("iris"),
  options = list_of(text(c("--target", "Sepal.Length", "--input", "Petal.Length,Species"))),
  hypotheses = list_of(text(pairwise)), adjusted = object(holm = adjusted("holm"),
    bonferroni = adjusted("bonferroni"), scheffe = adjusted("scheffe"), tukey = adjusted("tukey")))

# Several targets.
large <- lm(cbind(Sepal.Length, Sepal.Width, Petal.Width) ~ Petal.Length + Species, iris)
small <- lm(cbind(Sepal.Length, Sepal.Width, Petal.Width) ~ Petal.Length, iris)
none <- lm(cbind(Sepal.Length, Sepal.Width, Petal.Width) ~ 1, iris)
statistics <- function(full, nested, plumb) {
  rows <- sapply(c("Wilks", "Pillai", "Hotelling-Lawley", "Roy"), function(test) {
    table <- anova(full, nested, test = test)
    vector_of(c(table[[test_column(table)]][2], table$`approx F`[2], table$`num Df`[2], table$`den Df`[2],
      table$`Pr(>F)`[2]))
  })
  object(hypothesis = text(plumb), statistics = list_of(rows))
}
test_column <- function(table) intersect(names(table), c("Wilks", "Pillai", "Hotelling-Lawley", "Roy"))
add(name = text("multivariate"), data = text("iris"),
  options = list_of(text(c("--target", "Sepal.Length,Sepal.Width,Petal.Width", "--input", "Petal.Length,Species"))),
  covariance = matrix_of(vcov(large)), residual = matrix_of(SSD(large)$SSD / large$df.residual),
  multivariate = list_of(c(statistics(large, small, "Species = 0"))),
  whole = list_of(c(statistics(large, none, "all weights are 0"))))

writeLines(paste0("[\n", paste(cases, collapse = ",\n"), "\n]"), file.path(folder, "inference.json"))
