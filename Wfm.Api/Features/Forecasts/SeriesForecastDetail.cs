namespace Wfm.Api.Features.Forecasts;

/// <summary>Why this forecast: models with weights, back-test, dependence of paths, what was cleansed.</summary>
public sealed record SeriesForecastDetail;
