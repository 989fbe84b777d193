namespace FaceLoupe.Scoring;

/// <summary>Between probabilities and logits.</summary>
internal static class Logistic
{
    // sigmoid(16) is the last float probability below 1 that keeps three digits of its distance from 1.
    private const float LargestFinite = 16;

    /// <summary>The probability of a logit, from 0 to 1.</summary>
    public static float Sigmoid(float logit) => 1 / (1 + MathF.Exp(-logit));

    /// <summary>The logit of a probability; 0 and 1 become minus and plus infinity, which suits a threshold.</summary>
    public static float Logit(float probability) => (float)Math.Log(probability / (1 - (double)probability));

    /// <summary>The logit of a probability kept from -16 to 16, which suits a score that is calculated with.</summary>
    public static float FiniteLogit(float probability) => Math.Clamp(Logit(probability), -LargestFinite, LargestFinite);
}
