# Writes cars.csv, stackloss.csv and reference.json: what R (4.2.2) and its package lmtest (0.9-40) say of two of R's own data sets.
library(lmtest)
digits <- function(x) format(x, digits = 15)
describe <- function(name, data, formula, test_replicates) {
  fit <- lm(formula, data)
  write.csv(data, paste0(name, ".csv"), row.names = FALSE, quote = FALSE)
  first_max <- function(x) which(x >= max(x) * (1 - 1e-12))[1] # of rows that are equal but for rounding
  h <- hatvalues(fit); d <- cooks.distance(fit); t <- rstudent(fit)
  reset <- resettest(fit, power = 2:3, type = "fitted"); bp <- bptest(fit, studentize = TRUE)
  dw <- dwtest(fit, exact = TRUE, iterations = 200, alternative = "two.sided")
  lines <- c(
    sprintf('"leverage": [%d, %s]', first_max(h), digits(max(h))),
    sprintf('"cook": [%d, %s]', which.max(d), digits(max(d))),
    sprintf('"studentized": [%d, %s]', which.max(abs(t)), digits(t[which.max(abs(t))])),
    sprintf('"reset": [%s, %s]', digits(unname(reset$statistic)), digits(unname(reset$p.value))),
    sprintf('"breusch-pagan": [%s, %s]', digits(unname(bp$statistic)), digits(unname(bp$p.value))),
    sprintf('"durbin-watson": [%s, %s]', digits(unname(dw$statistic)), digits(unname(dw$p.value))))
  if (test_replicates) {
    table <- anova(fit, lm(dist ~ factor(speed), data))
    lines <- c(lines, sprintf('"lack-of-fit": [%s, %s]', digits(table$F[2]), digits(table$`Pr(>F)`[2])))
  }
  paste0('  "', name, '": {\n    ', paste(lines, collapse = ",\n    "), "\n  }")
}
stackloss_data <- stackloss
names(stackloss_data) <- c("air_flow", "water_temp", "acid_conc", "stack_loss")
text <- c(describe("cars", cars, dist ~ speed, TRUE), describe("stackloss", stackloss_data, stack_loss ~ ., FALSE))
writeLines(c("{", paste(text, collapse = ",\n"), "}"), "reference.json")
