# What R's lm says of categories, functions and products: lm.csv, 17 digits.
# A line: data; Plumb's formula; its options; then the weights in R's order with the intercept (NA without) last,
# their standard errors likewise, and the residual standard deviation.
setwd(commandArgs(trailingOnly = TRUE)[1])
read <- function(name) read.csv(name, stringsAsFactors = TRUE)
iris <- read("iris_species.csv")
tooth <- read("toothgrowth.csv")
warp <- read("warpbreaks.csv")
spray <- read("insectsprays.csv")
air <- read("../verdicts/airquality.csv")
cars <- read("../verdicts/mtcars.csv")
cars$fcyl <- factor(cars$cyl)
tooth$fdose <- factor(tooth$dose)
air$fmonth <- factor(air$Month)
out <- file("lm.csv", "w", encoding = "UTF-8")

digits <- function(x) paste(ifelse(is.na(x), "", sprintf("%.17g", x)), collapse = " ")
write <- function(data, formula, options, fit) {
  table <- summary(fit)$coefficients
  bias <- which(rownames(table) == "(Intercept)")
  order <- c(setdiff(seq_len(nrow(table)), bias), bias)
  name <- function(column) digits(table[order, column])
  writeLines(paste(data, formula, options, if (length(bias)) "bias" else "", name(1), name(2),
    sprintf("%.17g", summary(fit)$sigma), sep = ";"), out)
}

write("iris_species.csv", "Sepal.Length ~ Species", "", lm(Sepal.Length ~ Species, iris))
write("iris_species.csv", "Sepal.Length ~ .", "", lm(Sepal.Length ~ ., iris))
write("iris_species.csv", "Sepal.Length ~ Petal.Length*Species", "", lm(Sepal.Length ~ Petal.Length * Species, iris))
write("iris_species.csv", "Sepal.Length ~ Species + Petal.Length - 1", "",
  lm(Sepal.Length ~ Species + Petal.Length - 1, iris))
write("iris_species.csv", "Sepal.Length ~ Petal.Length:Species", "", lm(Sepal.Length ~ Petal.Length:Species, iris))
write("iris_species.csv", "Sepal.Length ~ Species + Petal.Width", "--coding sum",
  lm(Sepal.Length ~ Species + Petal.Width, iris, contrasts = list(Species = contr.sum)))
write("iris_species.csv", "Sepal.Length ~ Species + Petal.Width", "--coding helmert",
  lm(Sepal.Length ~ Species + Petal.Width, iris, contrasts = list(Species = contr.helmert)))
iris$Species <- relevel(iris$Species, "virginica")
write("iris_species.csv", "Sepal.Length ~ Species", "--reference Species=virginica", lm(Sepal.Length ~ Species, iris))
write("toothgrowth.csv", "len ~ supp*dose", "", lm(len ~ supp * dose, tooth))
write("toothgrowth.csv", "len ~ supp*C(dose)", "", lm(len ~ supp * fdose, tooth))
write("toothgrowth.csv", "len ~ supp*C(dose)", "--coding sum",
  lm(len ~ supp * fdose, tooth, contrasts = list(supp = contr.sum, fdose = contr.sum)))
write("toothgrowth.csv", "len ~ supp*C(dose)", "--coding helmert",
  lm(len ~ supp * fdose, tooth, contrasts = list(supp = contr.helmert, fdose = contr.helmert)))
write("warpbreaks.csv", "breaks ~ wool*tension", "", lm(breaks ~ wool * tension, warp))
write("warpbreaks.csv", "log(breaks) ~ wool + tension", "", lm(log(breaks) ~ wool + tension, warp))
write("warpbreaks.csv", "breaks ~ wool + tension - 1", "", lm(breaks ~ wool + tension - 1, warp))
write("warpbreaks.csv", "breaks ~ wool:tension - 1", "", lm(breaks ~ wool:tension - 1, warp))
write("insectsprays.csv", "count ~ spray", "", lm(count ~ spray, spray))
write("insectsprays.csv", "sqrt(count) ~ spray", "--coding helmert",
  lm(sqrt(count) ~ spray, spray, contrasts = list(spray = contr.helmert)))
write("../verdicts/airquality.csv", "Ozone ~ Solar.R + Wind + Temp + C(Month)", "--missing drop",
  lm(Ozone ~ Solar.R + Wind + Temp + fmonth, air))
write("../verdicts/airquality.csv", "log(Ozone) ~ log(Solar.R) + Wind*Temp + I(Wind^2)", "--missing drop",
  lm(log(Ozone) ~ log(Solar.R) + Wind + Temp + I(Wind^2) + Wind:Temp, air))
write("../verdicts/mtcars.csv", "mpg ~ C(cyl) + wt", "", lm(mpg ~ fcyl + wt, cars))
write("../verdicts/mtcars.csv", "log(mpg) ~ log(disp) + C(cyl)*wt", "", lm(log(mpg) ~ log(disp) + fcyl * wt, cars))
write("../verdicts/mtcars.csv", "mpg ~ 1/wt + sqrt(hp) + I(disp^2) + exp(drat)", "",
  lm(mpg ~ I(1 / wt) + sqrt(hp) + I(disp^2) + exp(drat), cars))
write("../verdicts/mtcars.csv", "mpg ~ (wt + hp + qsec)^2", "", lm(mpg ~ (wt + hp + qsec)^2, cars))
write("../verdicts/mtcars.csv", "mpg ~ log10(wt) + log2(hp) + log1p(carb) + abs(vs)", "",
  lm(mpg ~ log10(wt) + log2(hp) + log1p(carb) + abs(vs), cars))
close(out)
