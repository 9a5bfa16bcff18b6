using MathNet.Numerics;

namespace Wfm.Forecasting.Calendar;

/// <summary>Fits the course of a surge while it is running: how high it is, and how it will come down.</summary>
/// <remarks>
/// Volume = usual × (1 + A·s(t)). The courses s are a library of jumps and decays (exponential, power law, plateau and decay, double wave; with or without
/// some hours of rise), the height A is log-normal, counts are negative binomial. Nothing is selected: every course counts with its posterior probability, so
/// that a few hours give a wide answer near the prior half-life and a few days a narrow one. Prior half-life 36 hours: the half-time of the visits of a
/// news item in Dezső et al., “Dynamics of information access on the web”, <i>Physical Review E</i> 73 (2006); power-law relaxation: Crane &amp; Sornette,
/// “Robust dynamic classes revealed by measuring the response function of a social system”, <i>PNAS</i> 105 (2008).
/// </remarks>
public static class CrisisShape
{
    /// <summary>Half-life of the excess before anything was seen, in hours.</summary>
    public const double PriorHalfLifeHours = 36;

    private const int MostBlocks = 60;
    private const double MedianHeight = 0.5; // of the excess ÷ usual: a surge reaches most queues by half their volume or less
    private const int HeightPoints = 4; // on either side of the likeliest height
    private const double LogHeightDeviation = 1;
    private const double ReferenceDispersion = 0.05;
    private const int Atoms = 256;
    private static readonly double[] Dispersions = [0.003, 0.01, 0.03, 0.1, 0.3];

    /// <summary>Fits a surge.</summary>
    /// <param name="usual">Usual volume per interval from the start of the surge on, NaN where closed.</param>
    /// <param name="observed">Volume observed in the same intervals, NaN where missing or closed. May be empty: then the prior is the answer.</param>
    /// <param name="intervalHours">Length of an interval in hours, above 0.</param>
    /// <param name="firstHours">Hours from the start of the surge to the start of the first interval; not above 0 where it began inside it.</param>
    /// <param name="priorHalfLifeHours">Median half-life before anything was seen, above 0.</param>
    /// <returns>The course ahead with its uncertainty.</returns>
    /// <exception cref="ArgumentException">The two lengths differ, or a value is infinite or below zero.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A duration is not a finite number above 0.</exception>
    public static CrisisFit Fit(
        ReadOnlySpan<double> usual, ReadOnlySpan<double> observed, double intervalHours, double firstHours = 0, double priorHalfLifeHours = PriorHalfLifeHours)
    {
        CheckHours(intervalHours, nameof(intervalHours));
        CheckHours(priorHalfLifeHours, nameof(priorHalfLifeHours));
        if (!double.IsFinite(firstHours))
        {
            throw new ArgumentOutOfRangeException(nameof(firstHours), firstHours, "The hours to the first interval must be finite.");
        }

        var blocks = Blocks(usual, observed, intervalHours, firstHours);
        var atoms = new List<(CrisisForm Form, double Height, double LogWeight)>();
        var logGammas = LogGammas(blocks);
        foreach (var (form, prior) in CrisisForm.Library(priorHalfLifeHours))
        {
            AddHeights(atoms, form, Math.Log(prior), blocks, logGammas);
        }

        return new CrisisFit(Resample(atoms));
    }

    /// <summary>Sums of neighbouring intervals: at least an hour each and never many, since a surge has no detail finer than that.</summary>
    private static List<Block> Blocks(ReadOnlySpan<double> usual, ReadOnlySpan<double> observed, double intervalHours, double firstHours)
    {
        if (usual.Length != observed.Length)
        {
            throw new ArgumentException($"There are {usual.Length} usual and {observed.Length} observed values; there must be as many.", nameof(observed));
        }

        var width = Math.Max((int)Math.Ceiling(1 / intervalHours), (usual.Length + MostBlocks - 1) / MostBlocks);
        var blocks = new List<Block>();
        for (var first = 0; first < usual.Length; first += Math.Max(1, width))
        {
            var (u, y, moment, count) = (0.0, 0.0, 0.0, 0);
            for (var i = first; i < Math.Min(first + width, usual.Length); i++)
            {
                CheckValue(usual[i], nameof(usual), i);
                CheckValue(observed[i], nameof(observed), i);
                if (!double.IsNaN(usual[i]) && !double.IsNaN(observed[i]))
                {
                    var begin = Math.Max(0, firstHours + (i * intervalHours));
                    u += usual[i];
                    y += observed[i];
                    moment += 0.5 * (begin + Math.Max(begin, firstHours + ((i + 1) * intervalHours)));
                    count++;
                }
            }

            if (u > 0)
            {
                blocks.Add(new Block(moment / count, u, y));
            }
        }

        return blocks;
    }

    private static double[][] LogGammas(List<Block> blocks) =>
        [.. Dispersions.Select(d => blocks.ConvertAll(b => SpecialFunctions.GammaLn(b.Observed + (1 / d)) - SpecialFunctions.GammaLn(1 / d)).ToArray())];

    private static void AddHeights(
        List<(CrisisForm Form, double Height, double LogWeight)> atoms, CrisisForm form, double logPrior, List<Block> blocks, double[][] logGammas)
    {
        var excess = blocks.Select(b => b.Usual * form.At(b.Hours)).ToArray();
        if (form.Family == CrisisFamily.None)
        {
            atoms.Add((form, 0, logPrior + LogLikelihood(0, excess, blocks, logGammas)));
            return;
        }

        var (centre, deviation) = LikeliestLogHeight(excess, blocks);
        var step = 0.75 * deviation;
        for (var k = -HeightPoints; k <= HeightPoints; k++)
        {
            var log = centre + (k * step);
            var density =
                Math.Log(step / LogHeightDeviation / Math.Sqrt(2 * Math.PI)) - (0.5 * Math.Pow((log - Math.Log(MedianHeight)) / LogHeightDeviation, 2));
            atoms.Add((form, Math.Exp(log), logPrior + density + LogLikelihood(Math.Exp(log), excess, blocks, logGammas)));
        }
    }

    /// <summary>Fisher scoring for log A under its prior, at a middling dispersion.</summary>
    private static (double Log, double Deviation) LikeliestLogHeight(double[] excess, List<Block> blocks)
    {
        var precision = 1 / (LogHeightDeviation * LogHeightDeviation);
        var (log, information) = (Math.Log(MedianHeight), precision);
        for (var round = 0; round < 25; round++)
        {
            var gradient = (Math.Log(MedianHeight) - log) * precision;
            information = precision;
            for (var b = 0; b < excess.Length; b++)
            {
                var rise = excess[b] * Math.Exp(log);
                var mean = blocks[b].Usual + rise;
                var variance = mean + (ReferenceDispersion * mean * mean);
                gradient += (blocks[b].Observed - mean) / variance * rise;
                information += rise * rise / variance;
            }

            log = Math.Clamp(log + Math.Clamp(gradient / information, -1, 1), -5, 5);
        }

        return (log, 1 / Math.Sqrt(information));
    }

    /// <summary>Negative binomial, averaged over dispersions; terms that do not depend on the course left out.</summary>
    private static double LogLikelihood(double height, double[] excess, List<Block> blocks, double[][] logGammas)
    {
        var logs = new double[Dispersions.Length];
        for (var b = 0; b < excess.Length; b++)
        {
            var (mean, y) = (blocks[b].Usual + (height * excess[b]), blocks[b].Observed);
            for (var d = 0; d < logs.Length; d++)
            {
                var scaled = Dispersions[d] * mean;
                logs[d] += logGammas[d][b] + (y * Math.Log(scaled)) - ((y + (1 / Dispersions[d])) * Math.Log(1 + scaled));
            }
        }

        var most = logs.Max();
        return most + Math.Log(logs.Average(l => Math.Exp(l - most)));
    }

    /// <summary>Equally likely courses in place of weighted ones: every 256th part of the probability takes the course it falls on.</summary>
    private static CrisisAtom[] Resample(List<(CrisisForm Form, double Height, double LogWeight)> atoms)
    {
        var most = atoms.Max(a => a.LogWeight);
        var weights = atoms.ConvertAll(a => Math.Exp(a.LogWeight - most));
        var total = weights.Sum();
        var chosen = new CrisisAtom[Atoms];
        var (cumulative, next) = (0.0, 0);
        for (var a = 0; a < atoms.Count && next < Atoms; a++)
        {
            cumulative += weights[a] / total;
            while (next < Atoms && (cumulative > (next + 0.5) / Atoms || a == atoms.Count - 1))
            {
                chosen[next++] = new CrisisAtom(atoms[a].Form, atoms[a].Height);
            }
        }

        return chosen;
    }

    private static void CheckHours(double hours, string name)
    {
        if (!double.IsFinite(hours) || hours <= 0)
        {
            throw new ArgumentOutOfRangeException(name, hours, "A duration must be a finite number of hours above 0.");
        }
    }

    private static void CheckValue(double value, string name, int index)
    {
        if (value < 0 || double.IsInfinity(value))
        {
            throw new ArgumentException($"Value {index} is {value}; volumes are finite and not negative, NaN where missing or closed.", name);
        }
    }

    private sealed record Block(double Hours, double Usual, double Observed);
}

/// <summary>One possible course.</summary>
/// <param name="Form">Its form.</param>
/// <param name="Height">Excess at full height ÷ usual.</param>
internal sealed record CrisisAtom(CrisisForm Form, double Height)
{
    public double MultiplierAt(double hours) => 1 + (Height * Form.At(hours));
}
