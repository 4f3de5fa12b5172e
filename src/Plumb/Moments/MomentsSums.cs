using Plumb.Numerics;

namespace Plumb;

/// <summary>The single sums that moments are, exactly and in the moments' unit.</summary>
internal static class MomentsSums
{
    extension(Moments moments)
    {
        /// <summary>The exact sum of the rows' weights: their number, where they have none.</summary>
        public Dyadic WeightSum => moments.Sums[moments.One, moments.One];

        /// <summary>The exact sum of an input.</summary>
        public Dyadic InputSum(int input) => moments.Sums[input, moments.One];

        /// <summary>The exact sum of a target.</summary>
        public Dyadic TargetSum(int target) => moments.Sums[moments.InputCount + target, moments.One];

        /// <summary>The exact sum of the product of two inputs.</summary>
        public Dyadic InputProduct(int left, int right) => moments.Sums[left, right];

        /// <summary>The same, as it is held.</summary>
        public ExactSum InputProductSum(int left, int right) => moments.Sums.Gram.SumOf(left, right);

        /// <summary>The exact sum of the product of an input and a target.</summary>
        public Dyadic CrossProduct(int input, int target) => moments.Sums[input, moments.InputCount + target];

        /// <summary>The exact sum of the product of two targets.</summary>
        public Dyadic TargetProduct(int left, int right) =>
            moments.Sums[moments.InputCount + left, moments.InputCount + right];

        /// <summary>The exact sum of the product of two elements of [x; 1], what a target's parameters
        /// multiply.</summary>
        public Dyadic ParameterProduct(int left, int right) => moments.Sums[
            left < moments.InputCount ? left : moments.One, right < moments.InputCount ? right : moments.One];

        private int One => moments.InputCount + moments.TargetCount; // the place of the last element of z
    }
}
