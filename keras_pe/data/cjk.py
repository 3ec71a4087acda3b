"""Which characters are written without spaces between words: Chinese, Japanese and Korean."""

# For a class of a regular expression: punctuation, kana, ideographs, syllables, full-width forms.
CJK_CHARACTERS = (
    "\u3001-\u303f\u3040-\u30ff\u3100-\u312f\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff"
    "\uac00-\ud7af\uf900-\ufaff\uff01-\uffef\U00020000-\U0003ffff"
)
