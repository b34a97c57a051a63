package org.omadm;

import java.util.List;

/** A user-interaction alert: something to be shown to the user, or asked. Options that are unknown, do not apply or have no usable value are passed over. */
public final class UserAlert extends Value {
    private final int code;
    private final String text;
    private final List<String> choices;
    private final String options;
    private final int minDisplay;
    private final int maxDisplay;
    private final int maxLength;
    private final InputType inputType;
    private final boolean isPassword;
    private final Boolean defaultAnswer;
    private final String defaultText;
    private final List<Integer> defaultChoices;

    UserAlert(int code, String text, List<String> choices, String options, int minDisplay, int maxDisplay, int maxLength, InputType inputType, boolean isPassword, Boolean defaultAnswer, String defaultText, List<Integer> defaultChoices) {
        this.code = code;
        this.text = text;
        this.choices = choices;
        this.options = options;
        this.minDisplay = minDisplay;
        this.maxDisplay = maxDisplay;
        this.maxLength = maxLength;
        this.inputType = inputType;
        this.isPassword = isPassword;
        this.defaultAnswer = defaultAnswer;
        this.defaultText = defaultText;
        this.defaultChoices = defaultChoices;
    }

    /**
     * What is wanted.
     *
     * @return 1100 to be shown, 1101 yes or no, 1102 a text, 1103 one of several choices, 1104 any of them
     */
    public int code() {
        return code;
    }

    /**
     * The text to be shown, or the title of the choices.
     *
     * @return the text
     */
    public String text() {
        return text;
    }

    /**
     * The choices, which are numbered from 1.
     *
     * @return a list that does not change; empty except for 1103 and 1104
     */
    public List<String> choices() {
        return choices;
    }

    /**
     * The options as they were sent.
     *
     * @return the text
     */
    public String options() {
        return options;
    }

    /**
     * The least time to show it.
     *
     * @return seconds; 0 if not said
     */
    public int minDisplay() {
        return minDisplay;
    }

    /**
     * The longest time to wait for the user; then the answer is 408, perhaps with the default response.
     *
     * @return seconds; 0 if not said
     */
    public int maxDisplay() {
        return maxDisplay;
    }

    /**
     * How many characters the user may enter.
     *
     * @return their number; 0 if not said
     */
    public int maxLength() {
        return maxLength;
    }

    /**
     * What the user may enter.
     *
     * @return the type; {@link InputType#ALPHANUMERIC} if not said
     */
    public InputType inputType() {
        return inputType;
    }

    /**
     * Whether what is entered is hidden.
     *
     * @return true for a password
     */
    public boolean isPassword() {
        return isPassword;
    }

    /**
     * The default response of 1101.
     *
     * @return yes or no; null if it has none
     */
    public Boolean defaultAnswer() {
        return defaultAnswer;
    }

    /**
     * The default response of 1102, unescaped.
     *
     * @return the text; null if it has none
     */
    public String defaultText() {
        return defaultText;
    }

    /**
     * The default response of 1103 and 1104.
     *
     * @return the numbers of choices, from 1, in a list that does not change; empty if it has none
     */
    public List<Integer> defaultChoices() {
        return defaultChoices;
    }

    @Override
    Object[] parts() {
        return new Object[] {code, text, choices, options, minDisplay, maxDisplay, maxLength, inputType, isPassword, defaultAnswer, defaultText, defaultChoices};
    }
}
