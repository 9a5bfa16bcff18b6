namespace Wfm.Forecasting.Calendar;

/// <summary>What events of a kind have done to the volume.</summary>
/// <param name="Kind">Kind of event.</param>
/// <param name="Factor">Volume during the event ÷ usual volume, shrunk toward 1; above 0.</param>
/// <param name="LogStandardError">Standard error of the logarithm of the factor for one more event of the kind.</param>
/// <param name="Occurrences">Earlier events it was learned from.</param>
public sealed record EventEffect(string Kind, double Factor, double LogStandardError, int Occurrences);
