# Writes classic-series.csv and classic-reference.csv: Rscript classic.R, in this folder. R 4.2.2, forecast 8.20.
suppressMessages(library(forecast))

series <- c("AirPassengers", "lynx", "WWWusage", "Nile", "USAccDeaths", "lh", "BJsales")
lines <- "series,value"
for (name in series) lines <- c(lines, paste(name, format(as.numeric(get(name)), digits = 15, trim = TRUE), sep = ","))
writeLines(lines, "classic-series.csv")

rows <- "method,series,quantity,value"
put <- function(method, name, quantity, values)
  rows <<- c(rows, paste(method, name, quantity, format(as.numeric(values), digits = 12, trim = TRUE), sep = ","))
put_ets <- function(method, name, f) {
  put(method, name, "forecast", f$mean)
  put(method, name, "loglik", f$model$loglik)
}
put_arima <- function(method, name, f) {
  put(method, name, "coefficient", coef(f))
  put(method, name, "loglik", f$loglik)
  put(method, name, "aicc", f$aicc)
  ahead <- forecast(f, h = 12, level = 95)
  put(method, name, "forecast", ahead$mean)
  put(method, name, "se", (ahead$upper - ahead$mean) / qnorm(0.975))
}

put("drift", "Nile", "forecast", rwf(Nile, drift = TRUE, h = 5)$mean)
put_ets("ets-ann", "Nile", ses(Nile, h = 5))
put_ets("ets-aan", "WWWusage", holt(WWWusage, h = 5))
put_ets("ets-aadn", "WWWusage", holt(WWWusage, h = 5, damped = TRUE))
put_ets("ets-aaa", "USAccDeaths", hw(USAccDeaths, h = 12, seasonal = "additive"))
put_ets("ets-mam", "AirPassengers", hw(AirPassengers, h = 12, seasonal = "multiplicative"))
for (name in c("Nile", "AirPassengers", "USAccDeaths")) put("theta", name, "forecast", thetaf(get(name), h = 12)$mean)

arima <- function(method, name, order, seasonal = c(0, 0, 0), ...)
  put_arima(method, name, Arima(get(name), order = order, seasonal = seasonal, ...))
arima("arima-011", "Nile", c(0, 1, 1))
arima("arima-111-c", "Nile", c(1, 1, 1), include.drift = TRUE)
arima("arima-100-c", "lh", c(1, 0, 0))
arima("arima-400-c", "lynx", c(4, 0, 0))
arima("arima-310", "WWWusage", c(3, 1, 0))
arima("arima-111", "WWWusage", c(1, 1, 1))
arima("arima-011-011", "AirPassengers", c(0, 1, 1), c(0, 1, 1))
arima("arima-011-011", "USAccDeaths", c(0, 1, 1), c(0, 1, 1))
arima("arima-100-100-c", "USAccDeaths", c(1, 0, 0), c(1, 0, 0))
airline <- Arima(AirPassengers, order = c(0, 1, 1), seasonal = c(0, 1, 1), lambda = 0)
put("arima-011-011-log", "AirPassengers", "coefficient", coef(airline))
put("arima-011-011-log", "AirPassengers", "forecast", forecast(airline, h = 12)$mean)
for (name in series) put("auto.arima", name, "aicc", auto.arima(get(name))$aicc)
writeLines(rows, "classic-reference.csv")
