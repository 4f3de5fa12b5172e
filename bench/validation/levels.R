# What emmeans says of the levels of categories, with 17 digits: means, slopes, their differences by Tukey's way; and
# Chow's test by the residuals of a fit per group. Data as in inference.R: mtcars and iris.
suppressPackageStartupMessages(library(emmeans))
folder <- commandArgs(trailingOnly = TRUE)[1]
numbers <- function(values) paste0("[", paste(sprintf("%.17g", values), collapse = ", "), "]")
cases <- c()
add <- function(data, options, by, slope, grid, chow = NULL) {
  estimates <- as.data.frame(summary(grid, infer = c(TRUE, FALSE)))
  differences <- as.data.frame(pairs(grid, adjust = "tukey"))
  plain <- as.data.frame(pairs(grid, adjust = "none"))
  cases <<- c(cases, sprintf(paste0("  {\"data\": \"%s\", \"options\": [%s], \"by\": \"%s\", \"slope\": \"%s\",\n",
    "   \"estimates\": %s, \"errors\": %s, \"low\": %s,\n   \"differences\": %s, \"differenceErrors\": %s, ",
    "\"p\": %s, \"tukey\": %s, \"f\": %s, \"chow\": %s}"), data,
    paste0("\"", options, "\"", collapse = ", "), by, slope, numbers(estimates[[2]]), numbers(estimates$SE),
    numbers(estimates$lower.CL), numbers(differences$estimate), numbers(differences$SE), numbers(plain$p.value),
    numbers(differences$p.value), numbers(test(pairs(grid), joint = TRUE)$F.ratio), numbers(chow)))
}

model <- lm(Sepal.Length ~ Petal.Length + Species, iris)
add("iris", c("--target", "Sepal.Length", "--input", "Petal.Length,Species"), "Species", "", emmeans(model, "Species"),
  anova(lm(Sepal.Length ~ Petal.Length, iris), model)$F[2])
model <- lm(Sepal.Length ~ (Petal.Length + Sepal.Width) * Species, iris)
rest <- sum(sapply(split(iris, iris$Species),
  function(part) deviance(lm(Sepal.Length ~ Petal.Length + Sepal.Width, part))))
whole <- deviance(lm(Sepal.Length ~ Petal.Length + Sepal.Width, iris))
chow <- ((whole - rest) / 6) / (rest / (150 - 9))
options <- c("--formula", "Sepal.Length ~ (Petal.Length + Sepal.Width) * Species")
add("iris", options, "Species", "", suppressMessages(emmeans(model, "Species")), chow)
add("iris", options, "Species", "Petal.Length", emtrends(model, "Species", var = "Petal.Length"), chow)
add("iris", options, "Species", "Sepal.Width", emtrends(model, "Species", var = "Sepal.Width"), chow)
model <- lm(mpg ~ wt + I(wt^2) + factor(cyl) + factor(am), mtcars)
add("mtcars", c("--formula", "mpg ~ wt + I(wt^2) + C(cyl) + C(am)"), "cyl", "", emmeans(model, "cyl"),
  anova(lm(mpg ~ wt + I(wt^2) + factor(am), mtcars), model)$F[2])
rest <- sum(sapply(split(mtcars, mtcars$am), function(part) deviance(lm(mpg ~ wt + hp, part))))
whole <- deviance(lm(mpg ~ wt + hp, mtcars))
model <- lm(mpg ~ (wt + hp) * factor(am), mtcars)
add("mtcars", c("--formula", "mpg ~ (wt + hp) * C(am)"), "am", "wt", emtrends(model, "am", var = "wt"),
  ((whole - rest) / 3) / (rest / (32 - 6)))
writeLines(c("[", paste(cases, collapse = ",\n"), "]"), file.path(folder, "levels.json"))
